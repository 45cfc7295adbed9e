"""CSV (RFC 4180) for spreadsheets and databases: one row for each finding and each thing not looked at.

The first row names the columns. They keep their names and their order, and new ones come last:

`record, severity, check, reason, message, api_version, kind, namespace, name, container, file, line, column,
path, value, confidence, persona, change, exception, fingerprint, occurrence`

The first record is `run`: its message has the verdict, how much of the scope was evaluated, the exit status, by
which rules and as of when. Then come findings, worst first: `finding` counts, `suppressed` has the name of its
exception, `fixed` is gone in a diff. Then come `unknown` (not read), `error` (not judged), `skip`, `warn` and, with
`--show pass`, `pass`. Their codes stand in `reason`.

No cell begins a formula: one that starts with `=`, `+`, `-`, `@` or a sign like them has an apostrophe before it,
and control characters are spelled out. A cell of more than 32,000 characters is cut, and ends with an ellipsis.
"""

from collections.abc import Iterable, Iterator
from itertools import chain

from bartizan.model.finding import Finding
from bartizan.model.report import Report
from bartizan.model.resource import Subject
from bartizan.model.result import Result
from bartizan.model.unknown import Unknown
from bartizan.reports import _summary as summary
from bartizan.reports._harmless import field, shortened, visible
from bartizan.reports._unseen import asides
from bartizan.reports.format import Options, ReportFormat

_COLUMNS = (
    "record",
    "severity",
    "check",
    "reason",
    "message",
    "api_version",
    "kind",
    "namespace",
    "name",
    "container",
    "file",
    "line",
    "column",
    "path",
    "value",
    "confidence",
    "persona",
    "change",
    "exception",
    "fingerprint",
    "occurrence",
)
_LONGEST = 32_000
"""Characters: a cell of Excel holds 32,767."""
_FORMULA = tuple("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")


def _render(report: Report, options: Options) -> str:
    return "".join(_stream(report, options))


def _stream(report: Report, _options: Options) -> Iterator[str]:
    yield f"{','.join(_COLUMNS)}\r\n"
    yield _line(_run(report))
    told = chain(
        map(_finding, report.findings), map(_unknown, report.unknowns), map(_result, summary.untold(report))
    )
    yield from map(_line, told)


def _line(cells: dict[str, str]) -> str:
    return f"{','.join(_cell(cells.get(column, '')) for column in _COLUMNS)}\r\n"


def _cell(value: str) -> str:
    text = shortened(visible(value), _LONGEST)
    if text.lstrip().startswith(_FORMULA):
        text = f"'{text}"
    return '"' + text.replace('"', '""') + '"' if any(char in text for char in ',";') else text


def _run(report: Report) -> dict[str, str]:
    header = report.header
    facts: Iterable[str] = (
        summary.headline(report),
        f"exit {report.exit_status}: {report.gate}",
        summary.title(report),
        summary.listed(asides(report)),
        f"Bartizan {header.version}",
        *summary.provenance(report)[:-1],
        f"policy set {header.policy_set}",
    )
    return {"record": "run", "message": " · ".join(fact for fact in facts if fact)}


def _finding(finding: Finding) -> dict[str, str]:
    record = "fixed" if finding.change == "fixed" else "suppressed" if finding.exception else "finding"
    location = finding.location
    return {
        "record": record,
        "severity": finding.severity,
        "check": finding.check,
        "message": finding.message,
        **_subject(finding.subject),
        "file": location.file,
        "line": _number(location.line),
        "column": _number(location.column),
        "path": field(finding.path),
        "value": _plain(finding.value),
        "confidence": finding.confidence,
        "persona": finding.persona,
        "change": finding.change or "",
        "exception": finding.exception,
        "fingerprint": finding.fingerprint,
        "occurrence": str(finding.occurrence),
    }


def _subject(subject: Subject) -> dict[str, str]:
    return {
        "api_version": subject.api_version,
        "kind": subject.kind,
        "namespace": subject.namespace,
        "name": subject.name,
        "container": subject.container,
    }


def _unknown(unknown: Unknown) -> dict[str, str]:
    """Its object is known by its title alone, which stands as the name."""
    return {
        "record": "unknown",
        "reason": unknown.code,
        "message": unknown.message,
        "name": unknown.subject,
        "file": unknown.file,
        "line": _number(unknown.line),
        "column": _number(unknown.column),
    }


def _result(result: Result) -> dict[str, str]:
    return {
        "record": result.verdict,
        "check": result.judge,
        "reason": result.reason,
        "message": result.message,
        **_subject(result.subject),
        "file": result.file,
    }


def _number(count: int) -> str:
    """A line or a column; nothing where it is unknown."""
    return str(count) if count else ""


def _plain(value: object) -> str:
    """A scalar as YAML writes it; nothing where nothing stands."""
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


report = ReportFormat(name="csv", accepts=frozenset({"findings"}), render=_render, stream=_stream)
