"""Plug-ins found: every module below `checks/` and `reports/` with one public frozen value.

Third parties add theirs by the entry point group `bartizan.plugins`, which names modules of the same form.
Nothing in a scanned tree is ever imported.
"""

import sys
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from types import ModuleType

import msgspec

import bartizan.checks
import bartizan.reports
from bartizan.app.errors import UsageError
from bartizan.checks.check import Check
from bartizan.reports.format import ReportFormat

ENTRY_POINT_GROUP = "bartizan.plugins"


@cache
def checks() -> tuple[Check, ...]:
    """Every check, by id, with its documentation.

    Raises:
        UsageError: an installed plug-in cannot be imported, or two checks have one id.
    """
    found: dict[str, Check] = {}
    for module in (*_modules(bartizan.checks), *_foreign()):
        check = getattr(module, "check", None)
        if isinstance(check, Check):
            if check.id in found:
                raise UsageError(f"two installed checks are called `{check.id}`: remove one plug-in")
            found[check.id] = msgspec.structs.replace(check, documentation=_documentation(module))
    return tuple(found[name] for name in sorted(found))


@cache
def reports() -> tuple[ReportFormat, ...]:
    """Every report format, by name."""
    return tuple(map(report_format, report_names()))


@cache
def report_names() -> tuple[str, ...]:
    """The names of the report formats, without importing them."""
    names = (module.name for module in iter_modules(bartizan.reports.__path__))
    return tuple(sorted(name.replace("_", "-") for name in names if name != "format" and name[0] != "_"))


def report_format(name: str) -> ReportFormat:
    """The format of this name. Raises UsageError with the list of formats where there is none."""
    if name not in report_names():
        raise UsageError(f"there is no report format `{name}`: choose one of {', '.join(report_names())}")
    report: ReportFormat = import_module(f"bartizan.reports.{name.replace('-', '_')}").report
    return report


def _documentation(module: ModuleType) -> str:
    return (module.__doc__ or "").strip()


def _modules(package: ModuleType) -> Iterator[ModuleType]:
    """The modules of a package's folders; those whose name starts with `_` are shared code."""
    for folder in iter_modules(package.__path__):
        if folder.ispkg:
            subpackage = import_module(f"{package.__name__}.{folder.name}")
            for module in iter_modules(subpackage.__path__):
                if not module.name.startswith("_"):
                    yield import_module(f"{subpackage.__name__}.{module.name}")


def _foreign() -> Iterable[ModuleType]:
    """Modules of installed packages that announce themselves."""
    if not any(_announces(Path(folder)) for folder in sys.path if folder):
        return ()
    from importlib.metadata import entry_points  # noqa: PLC0415 - 15 ms, for nothing in most places

    return tuple(_imported(point.name, point.value) for point in entry_points(group=ENTRY_POINT_GROUP))


def _announces(folder: Path) -> bool:
    """Whether a package installed in the folder has an entry point of ours."""
    section = f"[{ENTRY_POINT_GROUP}]".encode()
    try:
        return any(section in file.read_bytes() for file in folder.glob("*.dist-info/entry_points.txt"))
    except OSError:
        return False


def _imported(name: str, module: str) -> ModuleType:
    try:
        return import_module(module)
    except Exception as error:
        raise UsageError(f"the installed plug-in `{name}` cannot be imported: {error}") from error
