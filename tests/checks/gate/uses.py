"""Exceptions as the checks of the gate see them."""

from datetime import date

from bartizan.checks.check import Check, Context, Fault
from bartizan.lookups import Inventory
from bartizan.model.exception import (
    API_VERSION,
    ExceptionDocument,
    ExceptionEntry,
    ExceptionMetadata,
    ExceptionSpec,
    ExceptionUse,
    SubjectMatch,
    Target,
)

DAY = date(2026, 1, 15)
NAMED = (SubjectMatch(kind="Deployment", namespace="shop", name="web"),)


def use(
    *, until: date = DAY, matched: int = 1, suppressed: int = 1, subjects: tuple[SubjectMatch, ...] = NAMED
) -> ExceptionUse:
    """What an exception of `host-namespaces` did on `DAY`."""
    spec = ExceptionSpec(
        target=Target(check="host-namespaces"), subjects=subjects, owner="team-a", reason="because", until=until
    )
    document = ExceptionDocument(API_VERSION, "Exception", ExceptionMetadata("web-host"), spec)
    return ExceptionUse(ExceptionEntry(document, ".bartizan/exceptions/web.yaml"), suppressed, matched, 4, DAY)


def faults(check: Check, judged: object) -> list[Fault]:
    """The faults of one check of the gate."""
    assert check.find is not None
    return list(check.find(judged, Context(Inventory(()), check.params())))
