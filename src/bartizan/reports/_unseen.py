"""What nobody looked at, for formats that list problems and have no chapter of their own for it."""

from collections.abc import Iterator

import msgspec

from bartizan.model.finding import Location
from bartizan.model.report import Report
from bartizan.reports import _summary as summary
from bartizan.reports._harmless import called

COVERAGE = "coverage"
"""The code of what is told about the run as a whole."""


class Unseen(msgspec.Struct, frozen=True):
    """One thing in scope that was not read or not judged."""

    code: str
    message: str
    location: Location
    subject: str = ""
    """The object, where one is known."""
    judges: tuple[str, ...] = ()
    """The checks that could not judge it; none where it was not read."""

    @property
    def text(self) -> str:
        """`not judged: Pod shop/odd: why (checks: a, b)`, unsafe characters as they are."""
        about = f"{self.subject}: " if self.subject else ""
        if self.judges:
            return f"not judged: {about}{self.message} (checks: {', '.join(self.judges)})"
        return f"not looked at: {about}{self.message}"


def unseen(report: Report) -> Iterator[Unseen]:
    """Each unknown, then each error; what befell one object for one reason is told once."""
    for unknown in report.unknowns:
        location = Location(unknown.file, unknown.line, unknown.column)
        yield Unseen(unknown.code, unknown.message, location, unknown.subject)
    for result, judges in summary.alike(r for r in summary.untold(report) if r.verdict == "error"):
        location = Location(result.file)
        yield Unseen(result.reason, result.message, location, called(result.subject), tuple(judges))


def complete(report: Report) -> bool:
    """Whether everything in scope was looked at, and there was something to look at and to judge by."""
    return bool(report.coverage.in_scope and report.rules) and not summary.incomplete(report)


def asides(report: Report) -> dict[str, int]:
    """How much was set aside without being told one by one, zeros left out."""
    counts = {
        "suppressed": sum(summary.exception_names(report).values()),
        "unknown": len(report.unknowns),
        "error": summary.verdicts(report)["error"],
        "skipped": summary.verdicts(report)["skip"],
        "fixed": report.changes.get("fixed", 0),
        "unchanged": report.changes.get("unchanged", 0),
    }
    return {name: count for name, count in counts.items() if count}
