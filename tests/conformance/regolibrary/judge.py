"""A rule finds something exactly when the checks that answer it do. Whom they name is told, and not required."""

from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

from . import cases as files


def cases(folder: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Name and case."""
    yield from files.read(folder)


def skips(case: dict[str, Any]) -> Collection[str]:
    """The README: rules are judged by name, and what is not claimed is skipped."""
    return () if case["rule"] in files.claims() else (files.NOT_CLAIMED,)


def objection(case: dict[str, Any], answer: dict[str, Any]) -> str:
    """Why the answer is wrong."""
    expected, verdict = case["expect"]["result"], answer["verdict"]
    if verdict == expected:
        return ""
    told = "; ".join(answer["findings"] or answer["reasons"]) or "nothing was found"
    return f"expected {expected}, got {verdict}: {told}"
