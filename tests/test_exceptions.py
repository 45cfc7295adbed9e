"""Exceptions matched to findings: who is hidden by whom, and what each exception did."""

from datetime import date
from typing import Any

import msgspec
import pytest

from bartizan.exceptions import apply, fits
from bartizan.model.exception import (
    Allow,
    ExceptionDocument,
    ExceptionEntry,
    ExceptionMetadata,
    ExceptionSpec,
    Target,
)
from bartizan.model.exception import SubjectMatch as Match
from bartizan.model.finding import Finding
from tests.reports.sample import FINDINGS

DAY = date(2026, 1, 15)
FINDING = msgspec.structs.replace(FINDINGS[0], exception="", occurrence=0)
CHECK, SUBJECT = FINDING.check, FINDING.subject


def entry(name: str = "one", *, check: str = CHECK, until: date = DAY, **spec: Any) -> ExceptionEntry:
    """An exception."""
    made = ExceptionSpec(target=Target(check=check), owner="platform", reason="legacy", until=until, **spec)
    metadata = ExceptionMetadata(name=name)
    document = ExceptionDocument("bartizan.dev/v1alpha1", "Exception", metadata, made)
    return ExceptionEntry(document, f"{name}.yaml")


def finding(**changed: Any) -> Finding:
    """The finding, with a change."""
    return msgspec.structs.replace(FINDING, **changed)


@pytest.mark.parametrize(
    ("spec", "holds"),
    [
        ({}, True),
        ({"check": "another"}, False),
        ({"subjects": (Match(kind=SUBJECT.kind),)}, True),
        ({"subjects": (Match(kind="Pod"), Match(name=SUBJECT.name))}, True),
        ({"subjects": (Match(kind="Pod"), Match(name="another"))}, False),
        ({"subjects": (Match(kind=SUBJECT.kind, name="another"),)}, False),
        ({"subjects": (Match(container=SUBJECT.container),)}, True),
        ({"subjects": (Match(container="another"),)}, False),
        ({"subjects": (Match(api_version="apps/*"),)}, True),
        ({"subjects": (Match(api_version="apps"),)}, False),
        ({"subjects": (Match(name="w*b"),)}, True),
        ({"subjects": (Match(name="w"),)}, False),
        ({"subjects": (Match(name="WEB"),)}, False),
        ({"subjects": (Match(name=".*"),)}, False),
        ({"subjects": (Match(name="w.b"),)}, False),
        ({"allow": Allow(path=FINDING.keyed_path)}, True),
        ({"allow": Allow(path=FINDING.keyed_path[:-1])}, False),
        ({"allow": Allow(path="spec.*.privileged")}, True),
        ({"allow": Allow(purl="pkg:x")}, False),
        ({"allow": Allow(image="x:1")}, False),
    ],
)
def test_what_an_exception_fits(spec: dict[str, Any], holds: bool) -> None:
    assert fits(entry(**spec), FINDING) is holds


@pytest.mark.parametrize("have", [True, 1, 1.0, "1", "", None, False, 0])
@pytest.mark.parametrize("wanted", [True, 1, 1.0, "1", "", None, False, 0])
def test_a_value_is_allowed_with_its_type(wanted: Any, have: Any) -> None:
    """YAML has `1`, `"1"` and `true`: they are three values."""
    same = type(wanted) is type(have) and wanted == have
    assert fits(entry(allow=Allow(value=wanted)), finding(value=have)) is same


def test_a_name_with_a_line_end_is_matched_whole() -> None:
    subject = msgspec.structs.replace(SUBJECT, name="web\nother")
    assert not fits(entry(subjects=(Match(name="web"),)), finding(subject=subject))


def test_the_first_by_name_hides_and_each_is_told_what_it_fits() -> None:
    entries = [entry("b"), entry("a"), entry("c", subjects=(Match(name="another"),))]
    (judged,), uses = apply([FINDING], entries, DAY)
    assert judged.exception == "a"
    told = {use.entry.name: (use.suppressed, use.matched, use.judged) for use in uses}
    assert told == {"a": (1, 1, 1), "b": (0, 1, 1), "c": (0, 0, 1)}


def test_one_that_expired_hides_nothing_and_knows_what_is_back() -> None:
    (judged,), (use,) = apply([FINDING], [entry(until=date(2026, 1, 14))], DAY)
    assert judged.exception == ""
    assert (use.suppressed, use.matched) == (0, 1)


def test_one_that_expired_leaves_the_place_to_one_that_holds() -> None:
    (judged,), _ = apply([FINDING], [entry("a", until=date(2025, 1, 1)), entry("b")], DAY)
    assert judged.exception == "b"


def test_the_order_of_files_does_not_matter() -> None:
    entries = [entry(name) for name in "cab"]
    assert apply([FINDING], entries, DAY)[0] == apply([FINDING], entries[::-1], DAY)[0]


def test_without_exceptions_nothing_changes() -> None:
    assert apply(FINDINGS, [], DAY) == (list(FINDINGS), [])
