"""The run itself as SARIF sees it: did it look at everything, and what did it not see."""

from collections.abc import Iterator
from typing import Any

from bartizan.model.finding import Location
from bartizan.model.report import Report
from bartizan.model.result import Result
from bartizan.model.unknown import CODES, Unknown
from bartizan.reports import _summary as summary
from bartizan.reports._sarif_places import logical, message, physical
from bartizan.reports._sarif_result import LIMIT, SHOWN

_OWN = {
    "coverage": "How much of what is in scope was looked at.",
    "judgement-error": "A check should have judged an object and could not.",
    "judgement-skipped": "A check cannot judge an object here.",
    "results-limited": "GitHub shows or accepts fewer results than there are.",
}


def invocation(report: Report, index: dict[str, int]) -> dict[str, Any]:
    """One invocation with a notification for each thing that was not seen."""
    return {
        "executionSuccessful": not summary.incomplete(report),
        "exitCode": report.exit_status,
        "exitCodeDescription": report.gate,
        "toolExecutionNotifications": list(_notifications(report, index)),
    }


def descriptors(report: Report) -> list[dict[str, Any]]:
    """What the notifications' ids mean."""
    codes = {code: CODES.get(code, code) for code in summary.unknown_codes(report)}
    return [{"id": id_, "shortDescription": {"text": text}} for id_, text in sorted((codes | _OWN).items())]


def _notifications(report: Report, index: dict[str, int]) -> Iterator[dict[str, Any]]:
    yield _notification("coverage", "note", summary.headline(report))
    yield from _limits(report)
    yield from map(_unknown, report.unknowns)
    left = summary.untold(report)
    for result, judges in summary.alike(r for r in left if r.verdict == "error"):
        yield _judgement(result, judges, index)
    for reason, count in summary.reasons(report, "skip").items():
        yield _notification("judgement-skipped", "note", f"{summary.plural(count, 'judgement')}: {reason}")


def _limits(report: Report) -> Iterator[dict[str, Any]]:
    count = len(report.findings)
    if count > LIMIT:
        left_out = f"{count - LIMIT:,} of {count:,} findings are left out, the least severe ones: "
        advice = f"GitHub accepts {LIMIT:,} results a run. The JSON report holds all."
        yield _notification("results-limited", "warning", left_out + advice)
    if count > SHOWN:
        yield _notification(
            "results-limited", "warning", f"GitHub shows the {SHOWN:,} most severe of {count:,} findings."
        )


def _unknown(unknown: Unknown) -> dict[str, Any]:
    text = f"{unknown.subject}: {unknown.message}" if unknown.subject else unknown.message
    location = Location(unknown.file, unknown.line, unknown.column)
    places = [physical(location)] if unknown.file else []
    return _notification(unknown.code, "error", text, places)


def _judgement(result: Result, judges: list[str], index: dict[str, int]) -> dict[str, Any]:
    where = physical(Location(result.file)) if result.file else {}
    text = f"{result.subject.title}: {result.reason}: {result.message} (checks: {', '.join(judges)})"
    place = {**where, "logicalLocations": [logical(result.subject)]}
    rule = {"associatedRule": {"id": judges[0], "index": index[judges[0]]}} if judges[0] in index else {}
    return {**_notification("judgement-error", "error", text, [place]), **rule}


def _notification(code: str, level: str, text: str, places: list[dict[str, Any]] | None = None) -> dict[str, Any]:
    located = {"locations": places} if places else {}
    return {"descriptor": {"id": code}, "level": level, "message": message(text), **located}
