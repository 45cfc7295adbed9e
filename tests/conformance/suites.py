"""Which suites there are: those that the folder of cases holds, and those that have a runner and a judge."""

from pathlib import Path

NO_SUITES = frozenset({"npguard-inputs", "reserved"})
"""Folders beside the suites that hold no cases to run: shared inputs, and a sealed file."""


def with_code(suites: Path) -> list[str]:
    """The suites that can be run, by name."""
    parts = ("runner.py", "judge.py")
    folders = (folder for folder in suites.iterdir() if any((folder / part).is_file() for part in parts))
    return sorted(folder.name.replace("_", "-") for folder in folders)


def with_cases(cases: Path) -> list[str]:
    """The suites that the folder of cases holds, by name."""
    if not cases.is_dir():
        return []
    names = {folder.name for folder in cases.iterdir() if folder.is_dir()}
    return sorted(name for name in names - NO_SUITES if not name.startswith("."))


def module_name(suite: str) -> str:
    """The folder of a suite's code: `npguard-diff` is `npguard_diff`."""
    return suite.replace("-", "_")
