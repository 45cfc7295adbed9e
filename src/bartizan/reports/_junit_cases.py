"""What becomes a test case: findings, what could not be judged, what could not be read."""

from collections.abc import Iterator
from typing import Literal

import msgspec

from bartizan.model.finding import Finding
from bartizan.model.report import Report
from bartizan.model.result import Result
from bartizan.reports import _summary as summary
from bartizan.reports._harmless import called, place


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """One test case; without an outcome it passed."""

    name: str
    outcome: Literal["", "failure", "error", "skipped"] = ""
    kind: str = ""
    message: str = ""
    text: str = ""
    file: str = ""
    line: int = 0


def coverage_cases(report: Report) -> Iterator[Case]:
    """Whether there was anything to look at, and an error for each thing that was not looked at."""
    seen = report.coverage.evaluated and report.rules
    whole = "everything in scope was looked at"
    if not seen:
        yield Case(name=whole, outcome="error", kind="nothing-evaluated", message=summary.headline(report))
    elif summary.incomplete(report):
        yield Case(name=whole, outcome="error", kind="incomplete", message=summary.headline(report))
    else:
        yield Case(name=whole)
    for unknown in report.unknowns:
        yield Case(
            name=f"{unknown.subject or unknown.file}: {unknown.code}",
            outcome="error",
            kind=unknown.code,
            message=unknown.message,
            file=unknown.file,
            line=unknown.line,
        )


def check_cases(report: Report) -> dict[str, list[Case]]:
    """The cases of each check, by id."""
    cases: dict[str, list[Case]] = {rule.id: [] for rule in report.rules}
    for finding in report.findings:
        cases.setdefault(finding.check, []).append(_finding(finding))
    for result in summary.untold(report):
        cases.setdefault(result.judge, []).append(_result(result))
    for check, told in cases.items():
        if not told:
            told.append(_quiet(report, check))
    return dict(sorted(cases.items()))


def _finding(finding: Finding) -> Case:
    outcome, message = _standing(finding)
    number = f" #{finding.occurrence + 1}" if finding.occurrence else ""
    return Case(
        name=f"{called(finding.subject)} {finding.keyed_path}".rstrip() + number,
        outcome=outcome,
        kind=finding.severity,
        message=message,
        text=place(finding.location),
        file=finding.location.file,
        line=finding.location.line,
    )


def _standing(finding: Finding) -> tuple[Literal["failure", "skipped"], str]:
    if finding.change == "fixed":
        return "skipped", f"fixed: {finding.message}"
    if finding.exception:
        return "skipped", f"suppressed by exception {finding.exception}: {finding.message}"
    return "failure", f"{finding.severity}: {finding.message}"


def _result(result: Result) -> Case:
    outcomes: dict[str, Literal["", "error", "skipped", "failure"]]
    outcomes = {"error": "error", "skip": "skipped", "warn": "failure"}
    return Case(
        name=called(result.subject),
        outcome=outcomes.get(result.verdict, ""),
        kind=result.reason,
        message=f"{result.reason}: {result.message}".strip(": "),
        file=result.file,
    )


def _quiet(report: Report, check: str) -> Case:
    """Of a check that has nothing to tell: it passed, or there was nothing for it to judge."""
    if report.tally.get(check, {}).get("pass"):
        return Case(name="every object it concerns passes")
    return Case(name="no object concerns it", outcome="skipped", message="there was nothing for it to judge")
