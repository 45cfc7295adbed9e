import re
from pathlib import Path
from typing import Any

import jsonschema_rs
import msgspec
import pytest

from bartizan.model.finding import Location
from bartizan.model.report import Report
from tests.reports.formats import render
from tests.reports.sample import CLEAN, DIFF, REPORTS, SCAN
from tests.reports.test_every_format import many
from tests.reports.test_hostile import HOSTILE, spoilt

OFFICIAL = Path(__file__).with_name("schemas") / "sarif-2.1.0-rtm.5.json"


def official() -> jsonschema_rs.Validator:
    """The published schema; the pattern of `language` in it has a stray bracket, and is mended here."""
    schema = msgspec.json.decode(OFFICIAL.read_bytes())
    schema["definitions"]["run"]["properties"]["language"]["pattern"] = "^[a-zA-Z]{2}(-[a-zA-Z]{2})?$"
    schema["definitions"]["toolComponent"]["properties"]["language"]["pattern"] = "^[a-zA-Z]{2}(-[a-zA-Z]{2})?$"
    return jsonschema_rs.validator_for(schema)


OFFICIAL_SCHEMA = official()


def run(report: Report = SCAN) -> dict[str, Any]:
    written: dict[str, Any] = msgspec.json.decode(render("sarif", report))["runs"][0]
    return written


def results(report: Report = SCAN) -> list[dict[str, Any]]:
    listed: list[dict[str, Any]] = run(report)["results"]
    return listed


def notifications(report: Report) -> list[tuple[str, str]]:
    invocation = run(report)["invocations"][0]
    return [
        (told["descriptor"]["id"], told["message"]["text"]) for told in invocation["toolExecutionNotifications"]
    ]


@pytest.mark.parametrize("which", REPORTS)
def test_satisfies_the_official_schema(which: str) -> None:
    written = msgspec.json.decode(render("sarif", REPORTS[which]))

    assert [str(error) for error in OFFICIAL_SCHEMA.iter_errors(written)] == []


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_names_satisfy_the_official_schema(kind: str) -> None:
    assert OFFICIAL_SCHEMA.is_valid(msgspec.json.decode(render("sarif", spoilt(HOSTILE[kind]))))


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_place_is_a_relative_percent_encoded_reference(kind: str) -> None:
    for result in results(spoilt(HOSTILE[kind])):
        uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        assert re.fullmatch(r"(?!/)(?:[A-Za-z0-9._~/-]|%[0-9A-F]{2})*", uri)


def test_a_file_elsewhere_has_a_place_of_its_own() -> None:
    """Below the working folder's base it would be another file."""
    finding = msgspec.structs.replace(SCAN.findings[0], location=Location("/srv/a b.yaml", 1))

    (result,) = results(msgspec.structs.replace(SCAN, findings=(finding,)))

    assert result["locations"][0]["physicalLocation"]["artifactLocation"] == {"uri": "file:///srv/a%20b.yaml"}


def test_every_rule_index_points_at_its_rule() -> None:
    rules = run()["tool"]["driver"]["rules"]

    assert all(rules[result["ruleIndex"]]["id"] == result["ruleId"] for result in results())


def test_rules_carry_their_weight_for_github() -> None:
    told = {
        rule["id"]: (rule["properties"]["security-severity"], rule["defaultConfiguration"]["level"])
        for rule in run()["tool"]["driver"]["rules"]
    }

    assert told["privileged-container"] == ("9.5", "error")
    assert told["host-namespaces"] == ("8.0", "error")
    assert told["missing-limits"] == ("5.5", "warning")
    assert told["image-tag"] == ("3.0", "note")
    assert told["missing-probe"] == ("1.0", "note")


def test_a_region_never_starts_before_line_one_nor_ends_before_it_starts() -> None:
    for result in results():
        region = result["locations"][0]["physicalLocation"]["region"]
        assert region["startLine"] >= 1
        assert region.get("endLine", region["startLine"]) >= region["startLine"]


def test_an_unknown_line_stands_at_the_first_and_says_so() -> None:
    (tag,) = (result for result in results() if result["ruleId"] == "image-tag")

    assert tag["locations"][0]["physicalLocation"]["region"] == {"startLine": 1}
    assert tag["properties"]["lineUnknown"] is True


def test_a_live_object_has_a_name_and_no_file() -> None:
    finding = msgspec.structs.replace(SCAN.findings[0], location=Location(""))

    (result,) = results(msgspec.structs.replace(SCAN, findings=(finding,)))

    (location,) = result["locations"]
    assert location.keys() == {"logicalLocations"}
    assert location["logicalLocations"][0]["fullyQualifiedName"] == "apps/v1/Deployment/shop/web/app"


def test_fingerprints_tell_equal_findings_apart() -> None:
    prints = [result["partialFingerprints"]["bartizan/v1"] for result in results()]

    assert prints == [f"{finding.fingerprint}:{finding.occurrence}" for finding in SCAN.findings]


def test_a_suppressed_finding_names_its_exception() -> None:
    told = [result["suppressions"] for result in results() if "suppressions" in result]

    assert told[0] == [
        {"kind": "external", "status": "accepted", "justification": "exception node-agent-needs-devices"}
    ]
    assert len(told) == 2


def test_a_diff_has_states() -> None:
    states = [result["baselineState"] for result in results(DIFF)]

    assert states == ["new", "new", "absent", "new", "new", "absent"]
    assert all("baselineState" not in result for result in results())


def test_an_incomplete_run_was_not_successful_and_says_what_is_missing() -> None:
    invocation = run()["invocations"][0]

    assert invocation["executionSuccessful"] is False
    assert invocation["exitCode"] == SCAN.exit_status
    told = dict(notifications(SCAN))
    assert {unknown.code for unknown in SCAN.unknowns} <= told.keys()
    assert "writable-root" in told["judgement-error"]


def test_a_complete_run_was_successful() -> None:
    assert run(CLEAN)["invocations"][0]["executionSuccessful"] is True


def test_more_results_than_github_accepts_are_cut_by_weight_and_it_says_so() -> None:
    report = many(30_000)
    worst = [f for f in report.findings if not f.exception][:20_000]

    kept = results(report)

    assert len(kept) == 25_000
    kept_prints = {result["partialFingerprints"]["bartizan/v1"] for result in kept}
    assert {f"{finding.fingerprint}:{finding.occurrence}" for finding in worst} <= kept_prints
    limits = [text for code, text in notifications(report) if code == "results-limited"]
    assert limits[0].startswith("5,000 of 30,000 findings are left out, the least severe ones")
    assert limits[1].startswith("GitHub shows the 5,000 most severe of 30,000")


def test_a_message_holds_no_link_and_no_placeholder_of_a_stranger() -> None:
    link, placeholder = (results(spoilt(HOSTILE[kind]))[0]["message"]["text"] for kind in ("link", "placeholder"))

    assert link.startswith(r"\[click\](")
    assert placeholder == "{{0}} {{1}}"
