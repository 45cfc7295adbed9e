"""The reference pages say what the code says."""

from pathlib import Path

import msgspec
import pytest

from bartizan.app import plugins
from bartizan.checks.check import Check
from tools.reference.__main__ import main
from tools.reference.checks import check_page
from tools.reference.folder import FOLDER, MARK, pages, stale, write
from tools.reference.unknowns import CODES


class Params(msgspec.Struct, frozen=True):
    """Some parameters."""

    most: int = 3
    """How many
    there may be."""
    names: tuple[str, ...] = ("a",)


def made(**changes: object) -> Check:
    """A documented check."""
    fields: dict[str, object] = {
        "id": "bad-thing",
        "judges": "pod",
        "severity": "high",
        "documentation": "Thing is bad.\n\nBecause it is.\n",
    }
    return Check(**(fields | changes))  # type: ignore[arg-type] # names from a table


def test_the_pages_are_current() -> None:
    """`make docs` was run."""
    assert stale(pages(), FOLDER) == []


def test_the_pages_are_the_same_each_time() -> None:
    assert pages() == pages()


def test_every_page_says_that_it_is_made() -> None:
    assert all(text.startswith(MARK) and text.endswith("\n") for text in pages().values())


def test_every_check_and_format_and_unknown_has_its_place() -> None:
    told = pages()
    assert {f"checks/{check.id}.md" for check in plugins.checks()} <= set(told)
    assert all(f"\n## {made.name}\n" in told["reports.md"] for made in plugins.reports())
    assert all(f"| `{code}` |" in told["unknowns.md"] for code in CODES)


def test_every_verb_has_its_help() -> None:
    from bartizan.cli.main import VERBS  # noqa: PLC0415 - keeps the import beside its use

    assert all(f"\n## bartizan {verb}\n" in pages()["command-line.md"] for verb in VERBS)


def test_stale_pages_are_missing_changed_or_too_many(tmp_path: Path) -> None:
    (tmp_path / "same.md").write_text("a\n")
    (tmp_path / "changed.md").write_text("b\n")
    (tmp_path / "checks").mkdir()
    (tmp_path / "checks" / "gone.md").write_text("c\n")
    wanted = {"same.md": "a\n", "changed.md": "a\n", "checks/missing.md": "a\n"}
    assert stale(wanted, tmp_path) == ["changed.md", "checks/gone.md", "checks/missing.md"]
    write(wanted, tmp_path)
    assert stale(wanted, tmp_path) == []


def test_check_mode_tells_the_stale_pages_and_writes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--check", "--folder", str(tmp_path)]) == 1
    assert "checks/index.md" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
    assert main(["--folder", str(tmp_path)]) == 0
    assert main(["--check", "--folder", str(tmp_path)]) == 0


def test_parameters_are_told_with_type_default_and_sentence() -> None:
    page = check_page(made(params=Params))
    assert "| `most` | whole number | `3` | How many there may be. |" in page
    assert '| `names` | list of string | `["a"]` |  |' in page


def test_versions_are_told() -> None:
    """The rule of each version holds from then on."""
    rules = ((0, lambda _subject, _context: ()), (25, lambda _subject, _context: ()))
    assert "| Kubernetes | every version, changed in 1.25 |" in check_page(made(rules=rules))
    assert "| Kubernetes | from 1.25 on |" in check_page(made(rules=rules[1:]))


def test_what_judges_exceptions_cannot_be_excepted() -> None:
    assert "## Except" in check_page(made())
    assert "## Except" not in check_page(made(judges="exception"))
