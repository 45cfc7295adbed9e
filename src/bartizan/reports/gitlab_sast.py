"""SAST report of GitLab (`gl-sast-report.json`, schema 15.0.7), for its vulnerability report and merge requests.

Each finding is a vulnerability whose identifier is its check. Its tracking signature is our fingerprint, which
survives reformatting and moving. Findings that an exception suppresses and fixed ones are left out and counted
in a message; what GitLab misses, it calls no longer detected, so a merge request must list the old findings as
well: `bartizan diff BASE --show unchanged -o gitlab-sast=FILE`.

What could not be read or judged is a warning among the scan's messages, and the scan's `status` is then
`failure`, as it is where there was nothing to look at. The messages begin with the verdict, how much of the
scope was evaluated, by which rules and as of when. The format wants times: both are the day of `--as-of`.

GitLab reads descriptions and solutions as Markdown. What strangers wrote is escaped, so that it makes no link,
no picture and no mention.
"""

from collections.abc import Iterator
from typing import Any

from bartizan.model.finding import Finding, Severity
from bartizan.model.report import Report, Rule, active
from bartizan.reports import _summary as summary
from bartizan.reports._fix import snippet
from bartizan.reports._harmless import called, field, shortened, storable, visible
from bartizan.reports._markdown_text import code, fenced, prose
from bartizan.reports._rows import in_rows, row
from bartizan.reports._unseen import asides, complete, unseen
from bartizan.reports.format import Options, ReportFormat

_VERSION = "15.0.7"
_SCHEMA = (
    "https://gitlab.com/gitlab-org/security-products/security-report-schemas/-/raw/"
    f"v{_VERSION}/dist/sast-report-format.json"
)
_SEVERITIES: dict[Severity, str] = {
    "critical": "Critical",
    "high": "High",
    "medium": "Medium",
    "low": "Low",
    "info": "Info",
}
_LONGEST_NAME = 255
_LONGEST_TEXT = 2_000
_LONGEST_SOLUTION = 7_000


def _render(report: Report, options: Options) -> str:
    return "".join(_stream(report, options))


def _stream(report: Report, _options: Options) -> Iterator[str]:
    rules = {rule.id: rule for rule in report.rules}
    head = f'{{"version":"{_VERSION}","schema":"{_SCHEMA}",\n"scan":{row(_scan(report))},\n"vulnerabilities":['
    yield from in_rows(head, (_vulnerability(finding, rules) for finding in active(report)), "]}")


def _scan(report: Report) -> dict[str, Any]:
    tool = {
        "id": "bartizan",
        "name": "Bartizan",
        "version": report.header.version,
        "vendor": {"name": "Bartizan"},
    }
    day = f"{report.header.as_of}T00:00:00"
    return {
        "analyzer": tool,
        "scanner": tool,
        "type": "sast",
        "start_time": day,
        "end_time": day,
        "status": "success" if complete(report) else "failure",
        "messages": list(_messages(report)),
    }


def _messages(report: Report) -> Iterator[dict[str, str]]:
    whole = "info" if complete(report) else "warn" if report.coverage.evaluated else "fatal"
    yield _message(whole, f"{summary.headline(report)} exit {report.exit_status}: {report.gate}")
    yield _message("info", f"{summary.title(report)} · {' · '.join(summary.provenance(report)[:-1])}")
    yield _message("info", f"Bartizan {report.header.version} · policy set {report.header.policy_set}")
    if aside := asides(report):
        yield _message("info", f"not among the vulnerabilities: {summary.listed(aside)}")
    for thing in unseen(report):
        place = f"{thing.location.file}:{thing.location.line}" if thing.location.line else thing.location.file
        yield _message("warn", ": ".join(filter(None, (place, thing.code, thing.text))))


def _message(level: str, text: str) -> dict[str, str]:
    return {"level": level, "value": shortened(visible(text), _LONGEST_TEXT)}


def _vulnerability(finding: Finding, rules: dict[str, Rule]) -> dict[str, Any]:
    rule = rules.get(finding.check)
    location = finding.location
    line = location.line or 1
    end = {"end_line": location.end_line} if location.end_line > line else {}
    return {
        "id": f"{finding.fingerprint}:{finding.occurrence}",
        "name": shortened(visible(rule.title if rule else finding.check), _LONGEST_NAME),
        "description": f"{code(called(finding.subject), _LONGEST_TEXT)}: {prose(finding.message, _LONGEST_TEXT)}",
        "severity": _SEVERITIES[finding.severity],
        **_solution(finding),
        "identifiers": [_identifier(finding, rule)],
        **({"links": [{"url": url} for url in rule.references]} if rule and rule.references else {}),
        "location": {"file": storable(location.file) or ".", "start_line": line, **end},
        "details": _details(finding),
        "tracking": _tracking(finding, line),
    }


def _identifier(finding: Finding, rule: Rule | None) -> dict[str, str]:
    link = {"url": rule.references[0]} if rule and rule.references else {}
    name = f"Bartizan {visible(finding.check)}"
    return {"type": "bartizan_check", "name": name, "value": storable(finding.check), **link}


def _solution(finding: Finding) -> dict[str, str]:
    """The fix as a few lines of YAML, where it has one and GitLab would take it whole."""
    lines = [f"{line.mark} {line.text}" for line in snippet(finding)]
    text = fenced(lines, "diff") if lines else ""
    return {"solution": text} if text and len(text) <= _LONGEST_SOLUTION else {}


def _details(finding: Finding) -> dict[str, Any]:
    """What GitLab shows below the description."""
    texts = {
        "object": called(finding.subject),
        "field": field(finding.path),
        "confidence": finding.confidence,
        "persona": finding.persona,
        "change": finding.change or "",
    }
    return {
        name: {"type": "text", "name": name, "value": shortened(visible(text), _LONGEST_TEXT)}
        for name, text in texts.items()
        if text
    }


def _tracking(finding: Finding, line: int) -> dict[str, Any]:
    signature = {"algorithm": "scope_offset", "value": f"{finding.fingerprint}:{finding.occurrence}"}
    item = {"file": storable(finding.location.file), "start_line": line, "end_line": line}
    return {"type": "source", "items": [{**item, "signatures": [signature]}]}


report = ReportFormat(name="gitlab-sast", accepts=frozenset({"findings"}), render=_render, stream=_stream)
