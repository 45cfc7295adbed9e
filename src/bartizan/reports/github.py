"""Workflow commands for GitHub Actions: annotations beside the lines of a pull request.

Findings that count are written worst first: critical and high ones as errors, medium ones as warnings, the
others as notices. GitHub shows ten annotations of a level in a step, so each unknown is a warning that stands
before those of findings, and a notice about the whole (how much was looked at, what was set aside, why the
exit status is what it is) stands before the other notices.

The text comes from files that a stranger may have written: line ends and other control characters in it are
escaped, so that it can start no command of its own.
"""

from collections.abc import Iterator

from bartizan.model.finding import Finding, Location
from bartizan.model.report import Report, active
from bartizan.reports import _summary as summary
from bartizan.reports._harmless import called, visible
from bartizan.reports._sarif_result import LEVELS
from bartizan.reports.format import Options, ReportFormat

_COMMANDS = {"error": "error", "warning": "warning", "note": "notice"}
_SHOWN = 10
"""Annotations that GitHub shows of one level in one step."""


def _render(report: Report, _options: Options) -> str:
    return "".join(f"{line}\n" for line in _lines(report))


def _lines(report: Report) -> Iterator[str]:
    findings = active(report)
    yield from (_finding(finding) for finding in findings if LEVELS[finding.severity] == "error")
    yield from _not_seen(report)
    yield from (_finding(finding) for finding in findings if LEVELS[finding.severity] == "warning")
    yield _command("notice", Location(""), f"Bartizan {report.header.version}", "\n".join(_whole(report)))
    yield from (_finding(finding) for finding in findings if LEVELS[finding.severity] == "note")


def _not_seen(report: Report) -> Iterator[str]:
    for unknown in report.unknowns:
        text = f"{unknown.subject}: {unknown.message}" if unknown.subject else unknown.message
        location = Location(unknown.file, unknown.line, unknown.column)
        yield _command("warning", location, f"not looked at: {unknown.code}", text)
    for result, judges in summary.alike(r for r in summary.untold(report) if r.verdict == "error"):
        text = f"{called(result.subject)}: {result.message} (checks: {', '.join(judges)})"
        yield _command("warning", Location(result.file), f"not judged: {result.reason}", text)


def _finding(finding: Finding) -> str:
    title = f"{finding.severity}: {finding.check}"
    text = f"{called(finding.subject)}: {finding.message}"
    return _command(_COMMANDS[LEVELS[finding.severity]], finding.location, title, text)


def _whole(report: Report) -> Iterator[str]:
    yield summary.headline(report)
    yield f"{summary.title(report)}: {summary.listed(summary.severities(active(report)))}"
    asides = {
        "suppressed": sum(summary.exception_names(report).values()),
        "unknown": len(report.unknowns),
        "error": summary.verdicts(report)["error"],
        "skipped": summary.verdicts(report)["skip"],
        "fixed": report.changes.get("fixed", 0),
    }
    told = {name: count for name, count in asides.items() if count}
    if told:
        yield summary.listed(told)
    yield " · ".join(summary.provenance(report))
    yield f"exit {report.exit_status}: {report.gate}"
    if len(active(report)) > _SHOWN:
        yield f"GitHub shows {_SHOWN} annotations of a level; the log and the other formats hold all."


def _command(name: str, location: Location, title: str, text: str) -> str:
    places = {
        "file": location.file,
        "line": location.line,
        "endLine": location.end_line,
        "col": location.column,
        "endColumn": location.end_column if location.end_line == location.line else 0,
        "title": title,
    }
    properties = ",".join(f"{key}={_property(str(value))}" for key, value in places.items() if value)
    return f"::{name} {properties}::{_data(text)}"


def _property(text: str) -> str:
    return _data(visible(text)).replace(":", "%3A").replace(",", "%2C")


def _data(text: str) -> str:
    lines = "\n".join(map(visible, text.replace("\r\n", "\n").split("\n")))
    return lines.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


report = ReportFormat(name="github", accepts=frozenset({"findings"}), render=_render)
