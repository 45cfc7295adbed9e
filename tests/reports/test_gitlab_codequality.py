from typing import Any

import msgspec
import pytest

from bartizan.model.finding import Location
from bartizan.model.report import Report
from tests.reports.formats import render
from tests.reports.sample import CLEAN, DIFF, NOTHING, REPORTS, SCAN, UNREAD
from tests.reports.test_every_format import many
from tests.reports.test_hostile import HOSTILE, spoilt

SEVERITIES = {"info", "minor", "major", "critical", "blocker"}


def issues(report: Report = SCAN) -> list[dict[str, Any]]:
    listed: list[dict[str, Any]] = msgspec.json.decode(render("gitlab-codequality", report))
    return listed


def named(report: Report, name: str) -> list[dict[str, Any]]:
    return [issue for issue in issues(report) if issue["check_name"] == name]


@pytest.mark.parametrize("report", [*REPORTS.values(), many(700), *map(spoilt, HOSTILE.values())])
def test_each_issue_has_what_gitlab_asks_for(report: Report) -> None:
    for issue in issues(report):
        assert set(issue) == {"description", "check_name", "fingerprint", "severity", "location"}
        assert issue["severity"] in SEVERITIES
        assert issue["description"]
        assert issue["location"]["path"]
        assert issue["location"]["lines"]["begin"] >= 1


@pytest.mark.parametrize("report", [*REPORTS.values(), many(700), *map(spoilt, HOSTILE.values())])
def test_no_two_issues_share_a_fingerprint(report: Report) -> None:
    """GitLab keeps one of each."""
    fingerprints = [issue["fingerprint"] for issue in issues(report)]

    assert len(set(fingerprints)) == len(fingerprints)


def test_only_a_run_that_saw_everything_and_found_nothing_is_empty() -> None:
    assert issues(CLEAN) == []
    assert [issue["check_name"] for issue in issues(NOTHING)] == ["coverage"]
    assert [issue["severity"] for issue in issues(UNREAD)] == ["blocker"] * 4


def test_what_a_change_fixed_is_no_issue() -> None:
    assert named(DIFF, "host-namespaces") == []
    assert named(SCAN, "host-namespaces") != []


def test_unchanged_findings_are_issues_where_they_were_asked_for() -> None:
    """Else GitLab would call them fixed."""
    kept = (*DIFF.findings, msgspec.structs.replace(SCAN.findings[7], change="unchanged"))

    assert len(issues(msgspec.structs.replace(DIFF, findings=kept))) == len(issues(DIFF)) + 1


def test_a_finding_keeps_its_fingerprint_when_it_moves() -> None:
    moved = msgspec.structs.replace(SCAN.findings[0], location=Location("elsewhere.yaml", 99))
    before = named(SCAN, "privileged-container")[0]

    (after,) = named(msgspec.structs.replace(SCAN, findings=(moved,)), "privileged-container")

    assert before["fingerprint"] == after["fingerprint"]
    assert after["location"] == {"path": "elsewhere.yaml", "lines": {"begin": 99}}


def test_what_an_exception_suppresses_stays_visible_and_is_new_when_the_exception_ends() -> None:
    (suppressed,) = named(SCAN, "missing-limits")
    ended = tuple(msgspec.structs.replace(finding, exception="") for finding in SCAN.findings)
    (back,) = named(msgspec.structs.replace(SCAN, findings=ended), "missing-limits")

    assert suppressed["severity"] == "info"
    assert suppressed["description"].startswith(
        "suppressed by exception batch-limits: CronJob billing/nightly-export"
    )
    assert back["severity"] == "major"
    assert back["fingerprint"] != suppressed["fingerprint"]


def test_severities_keep_their_order() -> None:
    told = {
        issue["check_name"]: issue["severity"] for issue in issues() if "suppressed" not in issue["fingerprint"]
    }

    assert told["privileged-container"] == "blocker"
    assert told["host-namespaces"] == "critical"
    assert told["writable-root"] == "major"
    assert told["image-tag"] == "minor"
    assert told["missing-probe"] == "info"
