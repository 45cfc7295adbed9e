"""From findings, unknowns and errors to one exit status and the sentence that explains it."""

from typing import Any

import msgspec
import pytest

from bartizan.app.outcome import Gate, closed
from bartizan.model.report import Report
from tests.reports.sample import CLEAN, DIFF, FINDINGS, RESULTS, SCAN, UNKNOWNS

EMPTY = msgspec.structs.replace(CLEAN.coverage, objects=0, evaluated=0, in_scope=0)
HIGH = FINDINGS[0]
LOW = msgspec.structs.replace(HIGH, severity="low")
ERROR = tuple(result for result in RESULTS if result.verdict == "error")[:1]
SKIP = tuple(result for result in RESULTS if result.verdict == "skip")[:1]


def outcome(gate: Gate | None = None, report: Report = CLEAN, **parts: Any) -> tuple[int, str]:
    """Status and sentence of a clean report with some parts put in."""
    made = closed(msgspec.structs.replace(report, **parts), gate or Gate())
    return made.exit_status, made.gate


@pytest.mark.parametrize(
    ("parts", "gate", "status"),
    [
        ({}, {}, 0),
        ({"findings": (HIGH,)}, {}, 1),
        ({"findings": (LOW,)}, {}, 0),
        ({"findings": (LOW,)}, {"fail_on": "low"}, 1),
        ({"findings": (HIGH,), "unknowns": UNKNOWNS}, {}, 1),
        ({"findings": (LOW,), "unknowns": UNKNOWNS}, {}, 3),
        ({"unknowns": UNKNOWNS}, {"allow_incomplete": True}, 0),
        ({"unknowns": UNKNOWNS, "coverage": EMPTY}, {}, 3),
        ({"results": ERROR}, {}, 3),
        ({"results": ERROR}, {"allow_incomplete": True}, 0),
        ({"results": SKIP}, {}, 0),
        ({"results": SKIP}, {"strict": True}, 3),
        ({"results": SKIP}, {"strict": True, "allow_incomplete": True}, 0),
        ({"coverage": EMPTY}, {}, 4),
        ({"coverage": EMPTY}, {"allow_empty": True}, 0),
        ({"coverage": EMPTY, "findings": (HIGH,)}, {}, 1),
    ],
)
def test_the_first_that_applies_wins(parts: dict[str, Any], gate: dict[str, Any], status: int) -> None:
    """1, then 3, then 4; what is accepted applies no more."""
    assert outcome(Gate(**gate), **parts)[0] == status


def test_a_suppressed_finding_fails_nothing() -> None:
    assert outcome(findings=(msgspec.structs.replace(HIGH, exception="accepted"),))[0] == 0


@pytest.mark.parametrize(("change", "status"), [("new", 1), ("fixed", 0), ("unchanged", 0), ("incomparable", 3)])
def test_of_a_change_only_what_is_new_fails(change: Any, status: int) -> None:
    """Of what is incomparable nobody knows whether it is new: that is not clean."""
    finding = msgspec.structs.replace(HIGH, change=change)
    assert outcome(report=msgspec.structs.replace(DIFF, unknowns=(), results=()), findings=(finding,))[0] == status


def test_who_accepts_the_incomplete_does_not_accept_what_may_be_new() -> None:
    finding = msgspec.structs.replace(HIGH, change="incomparable")
    diff = msgspec.structs.replace(DIFF, unknowns=(), results=())
    assert outcome(Gate(allow_incomplete=True), report=diff, findings=(finding,))[0] == 1
    low = msgspec.structs.replace(finding, severity="low")
    assert outcome(report=diff, findings=(low,))[0] == 0


def test_a_change_of_no_object_is_clean() -> None:
    """A diff of two texts has nothing to scan, and that is well."""
    diff = msgspec.structs.replace(DIFF, unknowns=(), results=(), findings=(), coverage=EMPTY)
    assert outcome(report=diff)[0] == 0


@pytest.mark.parametrize(
    ("parts", "gate", "sentence"),
    [
        ({}, {}, "passed: no finding at or above high"),
        ({"findings": (HIGH, HIGH)}, {}, "failed: 2 findings at or above high"),
        ({"findings": (LOW,)}, {}, "passed: no finding at or above high (1 below)"),
        ({"results": SKIP}, {"strict": True}, "incomplete: 1 skipped result; what was not looked at is not safe"),
        ({"unknowns": UNKNOWNS, "results": ERROR}, {}, "incomplete: 3 unknowns, 1 error verdict; what"),
        ({"coverage": EMPTY}, {}, "nothing to scan: no Kubernetes object was found"),
    ],
)
def test_the_sentence_says_why(parts: dict[str, Any], gate: dict[str, Any], sentence: str) -> None:
    assert outcome(Gate(**gate), **parts)[1].startswith(sentence)


@pytest.mark.parametrize("parts", [{"unknowns": UNKNOWNS}, {"results": ERROR}])
def test_what_is_accepted_is_still_said(parts: dict[str, Any]) -> None:
    assert outcome(Gate(allow_incomplete=True), **parts)[1].endswith("; incomplete, and accepted")


def test_nothing_else_of_the_report_changes() -> None:
    made = closed(SCAN, Gate())
    assert msgspec.structs.replace(made, exit_status=SCAN.exit_status, gate=SCAN.gate) == SCAN
