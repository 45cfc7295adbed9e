"""A failing result with its evidence, its place and the smallest change that mends it."""

from typing import Any, Literal

import msgspec

from bartizan.model.path import Path
from bartizan.model.resource import Subject

Severity = Literal["critical", "high", "medium", "low", "info"]
Confidence = Literal["high", "medium", "low"]
Persona = Literal["regular", "strict", "audit"]
Change = Literal["new", "fixed", "unchanged", "incomparable"]

SEVERITIES: tuple[Severity, ...] = ("critical", "high", "medium", "low", "info")
CONFIDENCES: tuple[Confidence, ...] = ("high", "medium", "low")
PERSONAS: tuple[Persona, ...] = ("regular", "strict", "audit")
"""Each persona sees and gates what the ones before it see, and more."""


class Location(msgspec.Struct, frozen=True, order=True, rename="camel", omit_defaults=True):
    """A place in a file; lines and columns are 1-based, 0 where unknown."""

    file: str
    line: int = 0
    column: int = 0
    end_line: int = 0
    end_column: int = 0


class Op(msgspec.Struct, frozen=True, omit_defaults=True):
    """One step of a fix.

    `set` makes missing mappings on its way; `append` makes a missing list; `remove` needs its target.
    """

    op: Literal["set", "append", "remove"]
    path: Path
    """From the object's root."""
    value: Any = None


class Finding(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What is wrong, with whom, where, and what to write in its place."""

    check: str
    subject: Subject
    severity: Severity
    confidence: Confidence
    persona: Persona
    message: str
    """One sentence or two: what is wrong and what to write where."""
    location: Location
    path: Path
    """From the root of the object that holds it, to the field at fault (or where it should stand)."""
    keyed_path: str = ""
    """The same with list items by name, as fingerprints and exceptions see it."""
    value: Any = None
    """What stands at `path`; null where nothing does. Only for scalars that hold no secret."""
    evidence: str = ""
    """The class of the evidence: tells two findings at one path apart, holds no secret."""
    fix: tuple[Op, ...] | None = None
    fingerprint: str = ""
    """Survives reformatting, reordering and moving the file."""
    occurrence: int = 0
    """Counts findings of one fingerprint, in the order of their files."""
    claimed: bool = False
    """The subject is an owner that the object names for itself, in a file: no exception of the owner holds."""
    exception: str = ""
    """The name of the exception that suppresses it."""
    change: Change | None = None
    """Against the base of a `diff`."""
