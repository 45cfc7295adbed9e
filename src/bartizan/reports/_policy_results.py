"""Results as a policy report lists them, each with the namespace whose report it belongs to."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from bartizan.model.finding import Finding
from bartizan.model.report import Report
from bartizan.model.resource import Subject
from bartizan.model.result import VERDICTS, Result, Verdict
from bartizan.model.unknown import Unknown
from bartizan.reports import _summary as summary
from bartizan.reports._harmless import field, shortened, visible
from bartizan.reports._unseen import COVERAGE, complete

CLUSTER = ""
"""The key of what belongs to no namespace."""
COUNTED = VERDICTS
_NAMESPACE = re.compile(r"[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?")
_LONGEST = 1_000
_EPOCH = date(1970, 1, 1).toordinal()
_SECONDS_OF_A_DAY = 86_400


def results(report: Report) -> Iterator[tuple[str, dict[str, Any]]]:
    """The run as a whole, then findings, worst first, then what was not judged, then what was not read."""
    stamp = _stamp(report.header.as_of)
    for subject, told in _told(report):
        about = {} if subject is None else {"resources": [_reference(subject)]}
        namespace = subject.namespace if subject else CLUSTER
        place = namespace if _NAMESPACE.fullmatch(namespace) else CLUSTER
        yield place, {"source": "bartizan", **told, **about, "timestamp": stamp}


def _told(report: Report) -> Iterator[tuple[Subject | None, dict[str, Any]]]:
    yield None, _result(COVERAGE, "pass" if complete(report) else "error", summary.headline(report))
    for unknown in report.unknowns:
        yield None, _unknown(unknown)
    for finding in report.findings:
        yield finding.subject, _finding(finding)
    for result in summary.untold(report):
        yield result.subject, _untold(result)


def _finding(finding: Finding) -> dict[str, Any]:
    verdict: Verdict = "pass" if finding.change == "fixed" else "skip" if finding.exception else "fail"
    properties = {
        "container": finding.subject.container,
        **_place(finding.location.file, finding.location.line),
        "path": field(finding.path),
        "confidence": finding.confidence,
        "persona": finding.persona,
        "change": finding.change or "",
        "exception": finding.exception,
        "fingerprint": finding.fingerprint,
        "occurrence": str(finding.occurrence),
    }
    told = _result(finding.check, verdict, finding.message, properties)
    return {**told, "severity": finding.severity, "scored": True}


def _untold(result: Result) -> dict[str, Any]:
    properties = {"container": result.subject.container, "reason": result.reason, **_place(result.file, 0)}
    return _result(result.judge, result.verdict, result.message or result.reason, properties)


def _unknown(unknown: Unknown) -> dict[str, Any]:
    properties = {"object": unknown.subject, **_place(unknown.file, unknown.line)}
    return _result(unknown.code, "error", unknown.message, properties)


def _result(
    policy: str, verdict: Verdict, message: str, properties: dict[str, str] | None = None
) -> dict[str, Any]:
    told = {name: _short(text) for name, text in (properties or {}).items() if text}
    return {
        "policy": _short(policy),
        "result": verdict,
        "message": _short(message),
        **({"properties": told} if told else {}),
    }


def _reference(subject: Subject) -> dict[str, str]:
    told = {
        "apiVersion": subject.api_version,
        "kind": subject.kind,
        "namespace": subject.namespace,
        "name": subject.name,
    }
    return {name: _short(text) for name, text in told.items() if text}


def _place(file: str, line: int) -> dict[str, str]:
    return {"file": file, "line": str(line) if line else ""}


def _stamp(day: str) -> dict[str, int]:
    """Midnight (UTC) of the day by which exceptions were judged."""
    return {"seconds": (date.fromisoformat(day).toordinal() - _EPOCH) * _SECONDS_OF_A_DAY, "nanos": 0}


def _short(text: str) -> str:
    return shortened(visible(text), _LONGEST)
