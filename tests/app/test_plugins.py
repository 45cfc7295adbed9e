"""Plug-ins are found, not registered; installed ones of others too, and nothing of a scanned tree ever."""

import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from bartizan.app import plugins
from bartizan.app.errors import UsageError
from bartizan.checks.check import Check
from tests.cli.terminal import CLEAN, shell, write

FOREIGN = '''\
"""Object is there at all.

It should not be.
"""

from bartizan.checks.check import Check, Fault

check = Check(id="{id}", judges="object", severity="low", find=lambda *_: [Fault((), "it is there")])
'''


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder that packages are installed in."""
    place = tmp_path / "packages"
    place.mkdir()
    monkeypatch.syspath_prepend(str(place))
    known = set(sys.modules)
    plugins.checks.cache_clear()
    yield place
    plugins.checks.cache_clear()
    for name in set(sys.modules) - known:
        del sys.modules[name]


def install(place: Path, module: str, text: str) -> None:
    """A package with one plug-in."""
    points = f"[{plugins.ENTRY_POINT_GROUP}]\nwalls = {module}\n"
    metadata = f"Metadata-Version: 2.1\nName: {module}\nVersion: 1.0\n"
    folder = f"{module}-1.0.dist-info"
    write(place, {f"{module}.py": text, f"{folder}/entry_points.txt": points, f"{folder}/METADATA": metadata})


def test_checks_come_by_id_with_their_documentation() -> None:
    found = plugins.checks()
    assert [check.id for check in found] == sorted(check.id for check in found)
    assert all(check.documentation and check.title for check in found)


def test_shared_code_is_no_plugin() -> None:
    assert not any(name.startswith("_") or name == "format" for name in plugins.report_names())


def test_names_of_formats_are_those_of_formats() -> None:
    assert plugins.report_names() == tuple(report.name for report in plugins.reports())


def test_a_format_that_is_none_is_refused_with_the_list() -> None:
    for name in ("jsn", "_lines", "format", "../json", ""):
        with pytest.raises(UsageError, match=r"choose one of .*json.*table"):
            plugins.report_format(name)


def test_an_installed_check_is_one_of_the_checks(installed: Path) -> None:
    install(installed, "foreign_walls", FOREIGN.format(id="walls-there"))
    (check,) = (check for check in plugins.checks() if check.id == "walls-there")
    assert isinstance(check, Check)
    assert check.title == "Object is there at all"


def test_an_installed_check_judges(installed: Path, tmp_path: Path) -> None:
    install(installed, "foreign_walls", FOREIGN.format(id="walls-there"))
    write(tmp_path, {"a.yaml": CLEAN})
    answer = shell(tmp_path, "$BARTIZAN scan a.yaml --check walls-there --fail-on low -o table")
    assert (answer.status, answer.err) == (1, "")
    assert "it is there" in answer.out


def test_two_checks_of_one_name_are_refused(installed: Path) -> None:
    install(installed, "foreign_roots", FOREIGN.format(id="root-user"))
    with pytest.raises(UsageError, match="two installed checks are called `root-user`"):
        plugins.checks()


@pytest.mark.parametrize("text", ["raise RuntimeError('broken')", "import nothing_of_the_kind", "def"])
def test_a_broken_one_is_named(installed: Path, text: str) -> None:
    """A check that somebody counts on must not be missing in silence."""
    install(installed, "foreign_broken", text)
    with pytest.raises(UsageError, match="the installed plug-in `walls` cannot be imported"):
        plugins.checks()


def test_a_package_without_plugins_is_not_asked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Reading the metadata of all packages takes longer than a scan."""
    write(tmp_path, {"other-1.0.dist-info/entry_points.txt": "[console_scripts]\nother = other:main\n"})
    monkeypatch.setattr(sys, "path", [str(tmp_path), str(tmp_path / "nowhere"), ""])
    assert plugins._foreign() == ()


def test_a_module_without_a_check_adds_none() -> None:
    assert not isinstance(getattr(ModuleType("empty"), "check", None), Check)
    assert all(isinstance(check, Check) for check in plugins.checks())
