"""A plug-in is one module with one public frozen value, its documentation, and a test."""

import ast
import json
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import msgspec
import pytest

from bartizan.app import plugins
from bartizan.checks.check import Check
from bartizan.reports.format import ReportFormat
from tests.architecture.tree import ROOT, SRC, dotted, parsed, relative

CHECK_FILES = sorted((SRC / "bartizan" / "checks").glob("*/[!_]*.py"))
REPORT_FILES = [file for file in sorted((SRC / "bartizan" / "reports").glob("[!_]*.py")) if file.stem != "format"]
PLUGIN_FILES = [*CHECK_FILES, *REPORT_FILES]

IMPORT_ALL = """
import sys
seen = []
def hook(event, arguments):
    family = event.partition(".")[0]
    writes = event == "open" and set(str(arguments[1] or "")) & set("wax+")
    if writes or family in {"socket", "subprocess", "sqlite3", "shutil", "tempfile"} or event == "os.system":
        seen.append(f"{event} {arguments[:1]}")
sys.dont_write_bytecode = True
sys.addaudithook(hook)
import json, os, threading
before = dict(os.environ), os.getcwd()
from importlib import import_module
for name in sys.argv[1:]:
    import_module(name)
if (dict(os.environ), os.getcwd()) != before:
    seen.append("changed the environment or the folder")
if threading.active_count() != 1:
    seen.append("started a thread")
print(json.dumps(seen))
"""


def value(file: Path) -> Check | ReportFormat:
    """The plug-in's value, whatever kind of plug-in it is."""
    module = import_module(dotted(file))
    found: Check | ReportFormat = module.check if file in CHECK_FILES else module.report
    return found


@pytest.mark.parametrize("file", CHECK_FILES, ids=relative)
def test_a_check_is_named_like_its_file(file: Path) -> None:
    """A stranger finds the file from the id."""
    check = value(file)
    assert isinstance(check, Check)
    assert check.id == file.stem.replace("_", "-")


@pytest.mark.parametrize("file", REPORT_FILES, ids=relative)
def test_a_report_format_is_named_like_its_file(file: Path) -> None:
    report = value(file)
    assert isinstance(report, ReportFormat)
    assert report.name == file.stem.replace("_", "-")


@pytest.mark.parametrize("file", CHECK_FILES, ids=relative)
def test_a_check_has_a_test_of_its_own(file: Path) -> None:
    """The test mirrors the module."""
    _assert_there(f"tests/checks/{file.parent.name}/test_{file.name}")


@pytest.mark.parametrize("file", REPORT_FILES, ids=relative)
def test_a_report_format_has_a_test_of_its_own(file: Path) -> None:
    _assert_there(f"tests/reports/test_{file.name}")


@pytest.mark.parametrize("file", PLUGIN_FILES, ids=relative)
def test_a_plugin_has_one_public_value(file: Path) -> None:
    """`__all__` is not needed to see what a plug-in gives away: one value, besides its own types."""
    public = [name for name in _assigned(parsed(file)) if not name.startswith("_")]
    assert public == ["check" if file in CHECK_FILES else "report"]


@pytest.mark.parametrize("file", CHECK_FILES, ids=relative)
def test_a_check_is_documented(file: Path) -> None:
    """The docstring is the page: a title, why it is bad, what is looked at and what to write instead."""
    text = ast.get_docstring(parsed(file)) or ""
    title, _, body = text.partition("\n")
    assert title.endswith(".")
    assert 10 <= len(title) <= 72
    assert title[0].isupper()
    assert "`" not in title, "the title is shown where Markdown is not"
    assert len(body.split()) >= 40
    why = body.strip().partition("**")[0]
    assert len(why.split()) >= 10, "say first why it is bad"
    missing = [word for word in ("**Looks at**", "**Instead**") if word not in body]
    assert missing == []
    assert body.count("```") % 2 == 0


@pytest.mark.parametrize("file", CHECK_FILES, ids=relative)
def test_a_check_of_objects_writes_down_what_it_misses(file: Path) -> None:
    """A known miss that is written down is a limit; one that is not is a trap."""
    check = value(file)
    assert isinstance(check, Check)
    if check.judges in ("container", "pod", "object"):
        assert "**Misses**" in (ast.get_docstring(parsed(file)) or "")


@pytest.mark.parametrize("file", CHECK_FILES, ids=relative)
def test_a_check_makes_sense(file: Path) -> None:
    """What the types cannot say."""
    check = value(file)
    assert isinstance(check, Check)
    assert (check.find is None) == bool(check.rules), "either one rule or one per version"
    assert [minor for minor, _ in check.rules] == sorted({minor for minor, _ in check.rules})
    assert bool(check.level) == bool(check.standard)
    assert not check.kinds or check.judges == "object"
    assert set(check.overrides) <= {other.id for other in plugins.checks()}
    assert isinstance(check.params(), msgspec.Struct), "every parameter has a default"
    assert all(reference.startswith("https://") for reference in check.references)


@pytest.mark.parametrize("file", REPORT_FILES, ids=relative)
def test_a_report_format_is_documented(file: Path) -> None:
    text = ast.get_docstring(parsed(file)) or ""
    assert len(text.split()) >= 15
    assert text.partition("\n")[0].endswith(".")


def test_every_plugin_is_found() -> None:
    """There is nothing to register, and nothing is forgotten."""
    ids = {file.stem.replace("_", "-") for file in CHECK_FILES}
    assert ids <= {check.id for check in plugins.checks()}
    assert {file.stem.replace("_", "-") for file in REPORT_FILES} <= {made.name for made in plugins.reports()}


def test_plugins_come_by_id_and_with_their_documentation() -> None:
    found = plugins.checks()
    assert [check.id for check in found] == sorted(check.id for check in found)
    assert all(check.title and check.documentation for check in found)


def test_plugins_cannot_be_changed() -> None:
    """A run cannot leave anything behind in a check for the next one."""
    for plugin in (*plugins.checks(), *plugins.reports()):
        with pytest.raises(AttributeError):
            setattr(plugin, plugin.__struct_fields__[0], "changed")


def test_importing_a_plugin_does_nothing_else() -> None:
    """No file written, no socket, no process, no thread, no word."""
    names = [dotted(file) for file in PLUGIN_FILES]
    run = subprocess.run([sys.executable, "-c", IMPORT_ALL, *names], check=True, capture_output=True, text=True)
    assert json.loads(run.stdout) == []
    assert run.stderr == ""


def _assert_there(test: str) -> None:
    assert (ROOT / test).is_file(), f"write {test}"


def _assigned(tree: ast.Module) -> list[str]:
    """Names that a module binds at its top level by assignment."""
    names: list[str] = []
    for node in tree.body:
        if isinstance(node, ast.Assign):
            names += [target.id for target in node.targets if isinstance(target, ast.Name)]
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            names.append(node.target.id)
    return names
