"""Code Quality report of GitLab: findings beside the lines of a merge request, on every tier.

A list of issues, each with a fingerprint that survives reformatting and moving. What could not be read or
judged is an issue of severity `blocker`, and so is a run that saw less than its scope: `[]` is written only
where everything was looked at and nothing was found. The list has no place for a header: by which rules the run
judged stands in the issue `coverage` where there is one, and in the other formats always.

GitLab compares the list with the one of the target branch and calls what is missing fixed. So a merge request
must list the old findings as well: `bartizan diff BASE --show unchanged -o gitlab-codequality=FILE`. A finding
that an exception suppresses is an issue of severity `info` that names the exception. Fixed ones are left out.

Severities: critical is `blocker`, high `critical`, medium `major`, low `minor`, info `info`.
"""

from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from bartizan.model.finding import Finding, Severity
from bartizan.model.report import Report
from bartizan.reports import _summary as summary
from bartizan.reports._harmless import called, shortened, storable, visible
from bartizan.reports._rows import in_rows
from bartizan.reports._unseen import COVERAGE, complete, unseen
from bartizan.reports.format import Options, ReportFormat

_SEVERITIES: dict[Severity, str] = {
    "critical": "blocker",
    "high": "critical",
    "medium": "major",
    "low": "minor",
    "info": "info",
}
_LONGEST = 2_000
"""Characters of a description: more than a widget shows."""


def _render(report: Report, options: Options) -> str:
    return "".join(_stream(report, options))


def _stream(report: Report, _options: Options) -> Iterator[str]:
    yield from in_rows("[", _distinct(_issues(report)), "]")


def _issues(report: Report) -> Iterator[dict[str, Any]]:
    if not complete(report):
        yield _issue(COVERAGE, _whole(report), "blocker", COVERAGE)
    for thing in unseen(report):
        file, line = thing.location.file, thing.location.line
        identity = _digest(thing.code, file, thing.subject, thing.message)
        yield _issue(thing.code, thing.text, "blocker", identity, file, line)
    yield from (_finding(finding) for finding in report.findings if finding.change != "fixed")


def _finding(finding: Finding) -> dict[str, Any]:
    """A suppressed one has another fingerprint: GitLab calls it new on the day on which its exception ends."""
    text = f"{called(finding.subject)}: {finding.message}"
    identity = f"{finding.fingerprint}:{finding.occurrence}"
    severity, file, line = _SEVERITIES[finding.severity], finding.location.file, finding.location.line
    if finding.exception:
        text, severity = f"suppressed by exception {finding.exception}: {text}", "info"
        identity = f"{identity}:suppressed"
    return _issue(finding.check, text, severity, identity, file, line)


def _issue(name: str, text: str, severity: str, identity: str, file: str = "", line: int = 0) -> dict[str, Any]:
    """GitLab wants a path and a line: of what stands nowhere in a file, the scanned folder's first."""
    return {
        "description": shortened(visible(text), _LONGEST),
        "check_name": storable(name),
        "fingerprint": identity,
        "severity": severity,
        "location": {"path": storable(file) or ".", "lines": {"begin": line or 1}},
    }


def _distinct(issues: Iterator[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """GitLab keeps the first issue of a fingerprint: further ones are numbered."""
    seen: dict[str, int] = {}
    for issue in issues:
        identity = issue["fingerprint"]
        seen[identity] = count = seen.get(identity, 0) + 1
        yield issue if count == 1 else {**issue, "fingerprint": f"{identity}#{count}"}


def _whole(report: Report) -> str:
    header = report.header
    told = (
        summary.headline(report),
        f"exit {report.exit_status}: {report.gate}",
        summary.title(report),
        f"Bartizan {header.version}",
        *summary.provenance(report)[:-1],
        f"policy set {header.policy_set}",
    )
    return " · ".join(told)


def _digest(*parts: str) -> str:
    return sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


report = ReportFormat(name="gitlab-codequality", accepts=frozenset({"findings"}), render=_render, stream=_stream)
