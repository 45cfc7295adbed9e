"""From a run's findings to its exit status: the same in every format."""

import msgspec

from bartizan.model.finding import SEVERITIES, Finding, Severity
from bartizan.model.report import Report, active

CLEAN, GATED, USAGE, INCOMPLETE, EMPTY, CRASH = 0, 1, 2, 3, 4, 70


class Gate(msgspec.Struct, frozen=True, kw_only=True):
    """What fails a run."""

    fail_on: Severity = "high"
    allow_incomplete: bool = False
    allow_empty: bool = False
    strict: bool = False
    """Whether what this door could never know counts as incomplete."""


def closed(report: Report, gate: Gate) -> Report:
    """The report with its exit status and the sentence that explains it. The first that applies wins."""
    gated = [finding for finding in active(report) if _fails(finding, gate, report)]
    doubtful = [f for f in active(report) if f.change == "incomparable" and _reaches(f, gate)]
    if gate.allow_incomplete:  # who accepts not to know whether they are new is told that they are there
        gated += doubtful
    errors = sum(result.verdict == "error" for result in report.results)
    skips = sum(result.reason == "not-evaluable-here" for result in report.results)
    unread = len(report.unknowns)
    incomplete = unread or errors or doubtful or (gate.strict and skips)
    if gated:
        status, sentence = GATED, _gated(gated, gate, report)
    elif incomplete and not gate.allow_incomplete:
        status, sentence = INCOMPLETE, _incomplete(unread, errors, skips if gate.strict else 0, len(doubtful))
    elif not report.coverage.objects and not gate.allow_empty and report.header.verb == "scan":
        status, sentence = EMPTY, "nothing to scan: no Kubernetes object was found"
    else:
        status, sentence = CLEAN, _clean(report, gate, accepted=bool(incomplete))
    return msgspec.structs.replace(report, exit_status=status, gate=sentence)


def _fails(finding: Finding, gate: Gate, report: Report) -> bool:
    return _reaches(finding, gate) and (report.header.verb != "diff" or finding.change == "new")


def _reaches(finding: Finding, gate: Gate) -> bool:
    return SEVERITIES.index(finding.severity) <= SEVERITIES.index(gate.fail_on)


def _gated(gated: list[Finding], gate: Gate, report: Report) -> str:
    new = "new " if report.header.verb == "diff" else ""
    if any(finding.change == "incomparable" for finding in gated):
        new = "new or incomparable "
    many = "finding" if len(gated) == 1 else "findings"
    return f"failed: {len(gated)} {new}{many} at or above {gate.fail_on}"


def _incomplete(unread: int, errors: int, skips: int, doubtful: int) -> str:
    parts = [
        f"{count} {what if count == 1 else what + 's'}"
        for count, what in (
            (unread, "unknown"),
            (errors, "error verdict"),
            (skips, "skipped result"),
            (doubtful, "incomparable finding"),
        )
        if count
    ]
    return f"incomplete: {', '.join(parts)}; what was not looked at is not safe (--allow-incomplete accepts it)"


def _clean(report: Report, gate: Gate, *, accepted: bool) -> str:
    new = "new " if report.header.verb == "diff" else ""
    left = sum(finding.change in (None, "new") for finding in active(report))
    below = f" ({left} below)" if left else ""
    but = "; incomplete, and accepted" if accepted else ""
    return f"passed: no {new}finding at or above {gate.fail_on}{below}{but}"
