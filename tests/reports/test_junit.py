from xml.etree import ElementTree as ET

import pytest

from bartizan.model.report import Report
from tests.reports.formats import render
from tests.reports.sample import CLEAN, DIFF, NOTHING, REPORTS, SCAN, UNREAD


def suites(report: Report) -> ET.Element:
    return ET.fromstring(render("junit", report))  # noqa: S314 - our own output


@pytest.mark.parametrize("which", REPORTS)
def test_the_counts_are_those_of_the_cases(which: str) -> None:
    root = suites(REPORTS[which])

    for holder in (root, *root.iter("testsuite")):
        counted = {tag: len(list(holder.iter(tag))) for tag in ("testcase", "failure", "error", "skipped")}
        names = {"testcase": "tests", "failure": "failures", "error": "errors", "skipped": "skipped"}
        assert {tag: int(holder.attrib[names[tag]]) for tag in counted} == counted


def test_a_suite_for_the_coverage_and_one_for_each_check() -> None:
    names = [suite.attrib["name"] for suite in suites(SCAN)]

    assert names == ["coverage", *(rule.id for rule in SCAN.rules)]


def test_a_finding_that_counts_is_a_failure_and_a_suppressed_one_is_skipped() -> None:
    root = suites(SCAN)

    failures = [element.attrib["message"] for element in root.iter("failure")]
    skipped = [element.attrib["message"] for element in root.iter("skipped")]
    assert len(failures) == 9
    assert sum("suppressed by exception" in message for message in skipped) == 2


def test_a_fixed_finding_is_skipped() -> None:
    skipped = [element.attrib["message"] for element in suites(DIFF).iter("skipped")]

    assert sum(message.startswith("fixed: ") for message in skipped) == 2


@pytest.mark.parametrize(("report", "expected"), [(SCAN, 4), (UNREAD, 4), (NOTHING, 1), (CLEAN, 0)])
def test_what_was_not_looked_at_is_an_error(report: Report, expected: int) -> None:
    coverage = suites(report)[0]

    assert int(coverage.attrib["errors"]) == expected


def test_an_object_that_a_check_could_not_judge_is_an_error_in_its_suite() -> None:
    (suite,) = (suite for suite in suites(SCAN) if suite.attrib["name"] == "writable-root")

    assert [error.attrib["type"] for error in suite.iter("error")] == ["ill-typed-field"]


def test_a_check_that_no_object_concerned_is_skipped_and_not_passed() -> None:
    cases = [case for suite in list(suites(NOTHING))[1:] for case in suite]

    assert all(case.find("skipped") is not None for case in cases)


def test_properties_tell_the_rules_and_the_coverage() -> None:
    told = {item.attrib["name"]: item.attrib["value"] for item in suites(SCAN).iter("property")}

    assert told["policySet"] == SCAN.header.policy_set
    assert (told["evaluated"], told["inScope"], told["exitStatus"]) == ("7", "10", "1")
