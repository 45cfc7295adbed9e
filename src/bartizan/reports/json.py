"""JSON for programs: `bartizan.report/v1`.

One document holds everything the run knows: who judged by which rules, how much was looked at, every finding,
every error and skip, every unknown, and the exit status. The JSON Schema `report-v1.schema.json` describes
each field.

The format only grows: a field keeps its name and meaning, new fields may appear, so readers should ignore
what they do not know. A field that does not apply is left out.

A suppressed finding is a result with verdict `skip`, reason `excepted` and the name of its exception. In a
diff, a finding that is gone has verdict `pass` and reason `fixed`. Passing results appear with `--show pass`.
"""

from collections.abc import Iterator
from functools import lru_cache
from itertools import chain, islice

import msgspec

from bartizan.model.finding import Finding, Location, Op
from bartizan.model.path import Path
from bartizan.model.report import Report, Rule, active
from bartizan.model.resource import Subject
from bartizan.model.result import Result, Verdict
from bartizan.model.unknown import Unknown
from bartizan.reports import _json_wire as wire
from bartizan.reports import _summary as summary
from bartizan.reports._harmless import field, storable_value
from bartizan.reports.format import Options, ReportFormat

_UNSET = msgspec.UNSET
_BATCH = 500


def _render(report: Report, options: Options) -> str:
    return "".join(_stream(report, options))


def _stream(report: Report, _options: Options) -> Iterator[str]:
    """The document around its results, and these by the hundred: a large report is never held whole."""
    results = chain(map(_finding, report.findings), map(_result, summary.untold(report)))
    yield from in_batches(_document(report), results, "  ")


def in_batches(document: object, results: Iterator[object], indent: str) -> Iterator[str]:
    """The text of a document whose only `results` is an empty list, with these in it.

    Args:
        indent: What stands before the `results` of the document.
    """
    # No string of the document can hold the mark: in JSON its quotes would be escaped.
    before, mark, after = encoded(document).partition('"results": [')
    yield before + mark
    separator = "\n"
    while batch := list(islice(results, _BATCH)):
        # As a list it is indented by two; strings hold no line ends.
        yield separator + indent + encoded(batch)[2:-3].replace("\n", f"\n{indent}")
        separator = ",\n"
    yield after if separator == "\n" else f"\n{indent}{after}"


def encoded(document: object) -> str:
    """Indented JSON of any wire value, whatever strings strangers put in."""
    try:
        text = msgspec.json.encode(document)
    except (UnicodeEncodeError, OverflowError, TypeError):
        text = msgspec.json.encode(storable_value(msgspec.to_builtins(document, str_keys=True)))
    return msgspec.json.format(text, indent=2).decode() + "\n"


def _document(report: Report) -> wire.Document:
    coverage = report.coverage
    return wire.Document(
        version="bartizan.report/v1",
        header=_header(report),
        coverage=wire.Coverage(
            files=coverage.files,
            objects=coverage.objects,
            evaluated=coverage.evaluated,
            in_scope=coverage.in_scope,
            folded=coverage.folded,
            not_objects=dict(sorted(coverage.not_objects.items())),
        ),
        summary=_summary(report),
        exit_status=report.exit_status,
        gate=report.gate,
        checks=[_check(report, rule) for rule in report.rules],
        results=[],
        unknowns=[_unknown(unknown) for unknown in report.unknowns],
    )


def _header(report: Report) -> wire.Header:
    header = report.header
    return wire.Header(
        engine_version=header.version,
        verb=header.verb,
        policy_set=header.policy_set,
        kubernetes_version=header.kubernetes_version,
        level=header.level or _UNSET,
        persona=header.persona,
        fail_on=header.fail_on,
        as_of=header.as_of,
        inputs=list(header.inputs),
        base=header.base or _UNSET,
        head=header.head or _UNSET,
    )


def _summary(report: Report) -> wire.Summary:
    return wire.Summary(
        headline=summary.headline(report),
        severities=wire.Severities(**summary.severities(active(report))),
        verdicts=_verdicts(summary.verdicts(report)),
        suppressed=sum(summary.exception_names(report).values()),
        unknowns=summary.unknown_codes(report),
        changes=dict(sorted(report.changes.items())) if report.header.verb == "diff" else _UNSET,
    )


def _check(report: Report, rule: Rule) -> wire.Check:
    return wire.Check(
        id=rule.id,
        title=rule.title,
        severity=rule.severity,
        persona=rule.persona,
        references=list(rule.references),
        verdicts=_verdicts(report.tally.get(rule.id, {})),
    )


def _verdicts(said: dict[Verdict, int]) -> wire.Verdicts:
    return wire.Verdicts(
        passed=said.get("pass", 0),
        fail=said.get("fail", 0),
        warn=said.get("warn", 0),
        skip=said.get("skip", 0),
        error=said.get("error", 0),
    )


def _finding(finding: Finding) -> wire.Result:
    verdict, reason = _standing(finding)
    return wire.Result(
        check=finding.check,
        subject=_subject(finding.subject),
        verdict=verdict,
        reason=reason or _UNSET,
        severity=finding.severity,
        confidence=finding.confidence,
        persona=finding.persona,
        message=finding.message,
        location=_location(finding.location),
        path=field(finding.path),
        keyed_path=finding.keyed_path or _UNSET,
        value=_UNSET if finding.value is None else finding.value,
        evidence=finding.evidence or _UNSET,
        fingerprint=finding.fingerprint,
        occurrence=finding.occurrence,
        fix=_UNSET if finding.fix is None else [_op(op) for op in finding.fix],
        exception=finding.exception or _UNSET,
        change=finding.change or _UNSET,
    )


def _standing(finding: Finding) -> tuple[Verdict, str]:
    if finding.change == "fixed":
        return "pass", "fixed"
    return ("skip", "excepted") if finding.exception else ("fail", "")


def _result(result: Result) -> wire.Result:
    return wire.Result(
        check=result.judge,
        subject=_subject(result.subject),
        verdict=result.verdict,
        reason=result.reason or _UNSET,
        message=result.message,
        location=wire.Location(result.file) if result.file else _UNSET,
    )


@lru_cache(maxsize=4096)
def _subject(subject: Subject) -> wire.Subject:
    return wire.Subject(
        api_version=subject.api_version,
        kind=subject.kind,
        namespace=subject.namespace or _UNSET,
        name=subject.name,
        container=subject.container or _UNSET,
    )


def _location(location: Location) -> wire.Location | msgspec.UnsetType:
    if not location.file:
        return _UNSET
    return wire.Location(
        location.file,
        location.line or _UNSET,
        location.column or _UNSET,
        location.end_line or _UNSET,
        location.end_column or _UNSET,
    )


def _op(op: Op) -> wire.Op:
    return wire.Op(op.op, _pointer(op.path), _UNSET if op.op == "remove" else op.value)


@lru_cache(maxsize=4096)
def _pointer(path: Path) -> str:
    """The path as RFC 6901 writes it."""
    return "".join(f"/{step}" for step in _escaped(path))


def _escaped(path: Path) -> Iterator[str]:
    for step in path:
        yield str(step).replace("~", "~0").replace("/", "~1")


def _unknown(unknown: Unknown) -> wire.Unknown:
    return wire.Unknown(
        code=unknown.code,
        message=unknown.message,
        subject=unknown.subject or _UNSET,
        location=_location(Location(unknown.file, unknown.line, unknown.column)),
    )


report = ReportFormat(name="json", accepts=frozenset({"findings"}), render=_render, stream=_stream)
