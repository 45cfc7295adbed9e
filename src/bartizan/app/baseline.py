"""`bartizan diff --baseline`: a report kept in the repository, for places without history."""

from datetime import date
from pathlib import Path

import msgspec

from bartizan.app import scan as use_case
from bartizan.app.diff import DiffFlags
from bartizan.app.errors import UsageError
from bartizan.app.judging import NOT_UNREAD, Progress, ranked, silent
from bartizan.app.outcome import Gate, closed
from bartizan.app.scan import Flags
from bartizan.changes import Blind, compare
from bartizan.model.finding import Confidence, Finding, Location, Persona, Severity
from bartizan.model.report import FORMAT_VERSION, Report
from bartizan.model.resource import Subject


class _Result(msgspec.Struct, rename="camel"):
    """What of a report's result tells a finding again."""

    check: str
    subject: Subject
    verdict: str
    message: str
    fingerprint: str = ""
    severity: Severity = "info"
    confidence: Confidence = "high"
    persona: Persona = "regular"
    location: Location = Location("")
    exception: str = ""


class _Unread(msgspec.Struct):
    location: Location = Location("")
    code: str = ""


class _Check(msgspec.Struct):
    id: str


class _Header(msgspec.Struct):
    verb: str


class _Document(msgspec.Struct, rename="camel"):
    version: str
    header: _Header
    checks: list[_Check]
    results: list[_Result]
    unknowns: list[_Unread]


def compare_with_baseline(
    file: Path, flags: Flags, own: DiffFlags, at: date, *, cwd: Path, progress: Progress = silent
) -> Report:
    """Scan the working folder and compare with the report in `file`.

    A finding of a check that did not take part on one of the sides is incomparable, neither new nor fixed.

    Raises:
        UsageError: the file is no report of ours.
    """
    baseline = _read(cwd / file)
    report = use_case.scan((".",), flags, at, cwd=cwd, progress=progress)
    known = {check.id for check in baseline.checks}.intersection(rule.id for rule in report.rules)
    told = compare(
        [_finding(result) for result in baseline.results if result.fingerprint],
        report.findings,
        base_blind=Blind(
            frozenset(unread.location.file for unread in baseline.unknowns if unread.code not in NOT_UNREAD),
            frozenset((r.check, r.subject, r.location.file) for r in baseline.results if r.verdict == "error"),
        ),
        head_blind=Blind(
            frozenset(unknown.file for unknown in report.unknowns if unknown.code not in NOT_UNREAD),
            frozenset((r.judge, r.subject, r.file) for r in report.results if r.verdict == "error"),
        ),
    )
    findings = [_comparable(finding, known) for finding in told]
    changes = {
        change: sum(f.change == change for f in findings)
        for change in sorted({f.change for f in findings if f.change})
    }
    compared = msgspec.structs.replace(
        report,
        header=msgspec.structs.replace(report.header, verb="diff", base=str(file)),
        findings=ranked(f for f in findings if f.change != "unchanged" or own.keep_unchanged),
        changes=changes,
    )
    return closed(compared, _gate(compared, flags))


def _gate(report: Report, flags: Flags) -> Gate:
    return Gate(fail_on=report.header.fail_on, allow_incomplete=flags.allow_incomplete, strict=flags.strict)


def _comparable(finding: Finding, known: set[str]) -> Finding:
    if finding.change in ("new", "fixed") and finding.check not in known:
        return msgspec.structs.replace(finding, change="incomparable")
    return finding


def _read(file: Path) -> _Document:
    try:
        document = msgspec.json.decode(file.read_bytes(), type=_Document)
    except OSError as error:
        raise UsageError(f"`{file}`: the baseline cannot be opened ({error.strerror})") from error
    except msgspec.DecodeError as error:
        advice = "write one with `bartizan scan . -o json=FILE`"
        raise UsageError(f"`{file}` is no report of bartizan ({error}): {advice}") from error
    if document.version != FORMAT_VERSION:
        raise UsageError(f"`{file}` is a report of another version, {document.version}: write it anew")
    if document.header.verb != "scan":
        raise UsageError(f"`{file}` tells a change and not a state: write one with `bartizan scan . -o json=FILE`")
    return document


def _finding(result: _Result) -> Finding:
    return Finding(
        check=result.check,
        subject=result.subject,
        severity=result.severity,
        confidence=result.confidence,
        persona=result.persona,
        message=result.message,
        location=result.location,
        path=(),
        fingerprint=result.fingerprint,
        exception=result.exception,
    )
