"""`waivers.toml`: where Bartizan differs from a suite on purpose, with the specification that says so."""

import tomllib
from collections.abc import Iterable
from fnmatch import fnmatchcase
from pathlib import Path

import msgspec

PERCENT = 3
"""A suite with more of its cases waived than this is not met."""
PERCENT_OF = {"regolibrary": 10}
"""Suites that may waive more: many of their expectations are opinions."""


class WaiverError(Exception):
    """A file of waivers cannot be read as one."""


class Waiver(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One deliberate difference."""

    cases: str
    """A pattern of case names: `*`, `?` and `[…]`, where `[[]` stands for `[`."""
    reason: str
    reference: str
    """The specification that the suite contradicts: an address, with the section."""

    def __post_init__(self) -> None:
        """Refuse a waiver that says nothing."""
        if not all(text.strip() for text in (self.cases, self.reason, self.reference)):
            raise ValueError("`cases`, `reason` and `reference` need a text each")

    def covers(self, case: str) -> bool:
        """Whether the pattern matches the case's name."""
        return fnmatchcase(case, self.cases)


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    waiver: tuple[Waiver, ...] = ()


def read(file: Path) -> tuple[Waiver, ...]:
    """The waivers of a suite; none where there is no file.

    Raises:
        WaiverError: the file is no TOML, or has other keys than it should.
    """
    if not file.exists():
        return ()
    try:
        return msgspec.convert(tomllib.loads(file.read_text(encoding="utf-8")), _File).waiver
    except (ValueError, msgspec.ValidationError) as error:
        raise WaiverError(f"{file.name}: {error}") from error


def too_many(suite: str, waived: int, cases: int) -> str:
    """Why a suite with so many waivers is not met, or nothing."""
    percent = PERCENT_OF.get(suite, PERCENT)
    if waived * 100 <= percent * cases:
        return ""
    return f"{waived} of {cases} cases are waived, which is more than {percent} %"


def stale(waivers: Iterable[Waiver], present: Iterable[str], failing: frozenset[str]) -> list[str]:
    """What is wrong with waivers of cases that do not fail. One whose cases are not present is left alone."""
    found = []
    names = list(present)
    for waiver in waivers:
        matched = [name for name in names if waiver.covers(name)]
        if matched and failing.isdisjoint(matched):
            found.append(f"the waiver `{waiver.cases}` is stale: none of its {len(matched)} cases fails")
    return found
