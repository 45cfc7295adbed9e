"""What an exception did, as the checks of the gate see it."""

from datetime import date
from typing import Any

from bartizan.checks.check import Check, Context, Fault, NoParams
from bartizan.lookups import Inventory
from bartizan.model.exception import (
    ExceptionDocument,
    ExceptionEntry,
    ExceptionMetadata,
    ExceptionSpec,
    ExceptionUse,
    SubjectMatch,
    Target,
)

UNTIL = date(2026, 1, 31)


def use(
    *,
    subjects: tuple[SubjectMatch, ...] = (SubjectMatch(name="web"),),
    suppressed: int = 1,
    matched: int = 1,
    judged: int = 1,
    at: date = UNTIL,
) -> ExceptionUse:
    """An exception of `root-user`, and what came of it."""
    target = Target(check="root-user")
    spec = ExceptionSpec(target=target, subjects=subjects, owner="platform", reason="legacy", until=UNTIL)
    document = ExceptionDocument("bartizan.dev/v1alpha1", "Exception", ExceptionMetadata(name="one"), spec)
    return ExceptionUse(ExceptionEntry(document, "one.yaml"), suppressed, matched, judged, at)


def faults(check: Check, subject: Any) -> list[Fault]:
    """What a check finds."""
    assert check.find is not None
    return list(check.find(subject, Context(Inventory(()), NoParams())))
