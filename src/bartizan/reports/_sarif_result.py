"""Findings as SARIF results."""

from typing import Any, Literal

from bartizan.model.finding import Change, Finding, Location, Severity
from bartizan.model.report import Report
from bartizan.reports._harmless import field
from bartizan.reports._sarif_places import logical, message, physical

LEVELS: dict[Severity, Literal["error", "warning", "note"]] = {
    "critical": "error",
    "high": "error",
    "medium": "warning",
    "low": "note",
    "info": "note",
}
LIMIT = 25_000
"""Results that GitHub accepts in a run."""
SHOWN = 5_000
"""Results that GitHub shows of a run, the most severe ones."""
_STATES: dict[Change, Literal["new", "unchanged", "absent"]] = {
    "new": "new",
    "incomparable": "new",
    "unchanged": "unchanged",
    "fixed": "absent",
}


def chosen(report: Report) -> tuple[Finding, ...]:
    """All findings; above the limit first those that count and, of these, the worst."""
    if len(report.findings) <= LIMIT:
        return report.findings
    # A stable sort: the rank is kept within each of the two parts.
    aside = sorted(report.findings, key=lambda finding: bool(finding.exception) or finding.change == "fixed")
    return tuple(aside[:LIMIT])


def result(finding: Finding, index: dict[str, int]) -> dict[str, Any]:
    """One finding. `index` is the position of each rule."""
    ruled = {"ruleIndex": index[finding.check]} if finding.check in index else {}
    return {
        "ruleId": finding.check,
        **ruled,
        "level": LEVELS[finding.severity],
        "message": message(finding.message),
        "locations": [_location(finding)],
        "partialFingerprints": {"bartizan/v1": f"{finding.fingerprint}:{finding.occurrence}"},
        **_suppression(finding),
        **({"baselineState": _STATES[finding.change]} if finding.change else {}),
        "properties": _properties(finding),
    }


def _location(finding: Finding) -> dict[str, Any]:
    """GitHub refuses a result without a region: where no line is known, it stands at the first.

    The result's property `lineUnknown` says so.
    """
    place = finding.location if finding.location.line else Location(finding.location.file, 1)
    where = physical(place) if place.file else {}
    return {**where, "logicalLocations": [logical(finding.subject)]}


def _suppression(finding: Finding) -> dict[str, Any]:
    if not finding.exception:
        return {}
    why = f"exception {finding.exception}"
    return {"suppressions": [{"kind": "external", "status": "accepted", "justification": why}]}


def _properties(finding: Finding) -> dict[str, Any]:
    unplaced = {} if finding.location.line else {"lineUnknown": True}
    change = {"change": finding.change} if finding.change else {}
    return {
        "severity": finding.severity,
        "confidence": finding.confidence,
        "persona": finding.persona,
        "path": field(finding.path),
        "keyedPath": finding.keyed_path,
        **change,
        **unplaced,
    }
