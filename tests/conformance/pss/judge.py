"""A good pod has no objecting control; a bad one has the control it was made for, or its replacement."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from . import cases as files

REPLACEMENTS = {
    "capabilities_baseline": "capabilities_restricted",
    "hostPathVolumes": "restrictedVolumes",
    "procMount": "procMount_restricted",
    "seccompProfile_baseline": "seccompProfile_restricted",
}
"""Controls that a stricter one replaces at the restricted level."""


def cases(folder: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Name and case."""
    for case in files.read(folder):
        yield case["name"], case


def objection(case: dict[str, Any], answer: dict[str, Any]) -> str:
    """Why the answer is wrong."""
    expected, verdict, controls = case["expect"], answer["verdict"], answer["controls"]
    if verdict != expected:
        return f"expected {expected}, got {verdict}: {_listed(answer)}"
    if verdict == "pass":
        return f"passes although {', '.join(controls)} object" if controls else ""
    if _accepted(case).isdisjoint(controls):
        return f"refused, but not by {' or '.join(sorted(_accepted(case)))}: {_listed(answer)}"
    return ""


def _accepted(case: dict[str, Any]) -> set[str]:
    control = case["check"]
    if case["level"] == "restricted" and control in REPLACEMENTS:
        return {control, REPLACEMENTS[control]}
    return {control}


def _listed(answer: dict[str, Any]) -> str:
    return ", ".join([*answer["controls"], *answer.get("reasons", ())]) or "no control objects"
