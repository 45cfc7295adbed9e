import re
from pathlib import Path
from typing import Any

import jsonschema_rs
import msgspec
import pytest
import yaml

from bartizan.model.report import Report
from bartizan.model.resource import Subject
from tests.reports.formats import render
from tests.reports.sample import CLEAN, DIFF, NOTHING, REPORTS, SCAN, UNREAD
from tests.reports.test_every_format import many
from tests.reports.test_hostile import HOSTILE, spoilt

SCHEMAS = Path(__file__).with_name("schemas")
NAME = re.compile(r"[a-z0-9]([-a-z0-9]*[a-z0-9])?")


def official(kind: str) -> jsonschema_rs.Validator:
    """The schema in the published definition; like the API server, it knows no other field."""
    definition = yaml.safe_load((SCHEMAS / f"wgpolicyk8s.io_{kind.lower()}s.yaml").read_text())
    (version,) = (v for v in definition["spec"]["versions"] if v["name"] == "v1alpha2")
    return jsonschema_rs.validator_for(closed(version["schema"]["openAPIV3Schema"]))


def closed(schema: Any) -> Any:
    if isinstance(schema, list):
        return [closed(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    made = {key: closed(value) for key, value in schema.items()}
    if isinstance(schema.get("properties"), dict) and schema.get("type") == "object":
        made["additionalProperties"] = False
    return made


OFFICIAL = {kind: official(kind) for kind in ("PolicyReport", "ClusterPolicyReport")}


def reports(report: Report = SCAN) -> list[dict[str, Any]]:
    document = msgspec.json.decode(render("policyreport", report))
    assert (document["apiVersion"], document["kind"]) == ("v1", "List")
    listed: list[dict[str, Any]] = document["items"]
    return listed


def results(report: Report) -> list[dict[str, Any]]:
    return [result for made in reports(report) for result in made["results"]]


def told(report: Report, policy: str) -> list[str]:
    return [result["result"] for result in results(report) if result["policy"] == policy]


@pytest.mark.parametrize("report", [*REPORTS.values(), many(700), *map(spoilt, HOSTILE.values())])
def test_satisfies_the_published_definitions(report: Report) -> None:
    for made in reports(report):
        metadata = made.pop("metadata")
        assert [str(error) for error in OFFICIAL[made["kind"]].iter_errors(made)] == []
        assert NAME.fullmatch(metadata["name"])
        assert ("namespace" in metadata) == (made["kind"] == "PolicyReport")
        assert NAME.fullmatch(metadata.get("namespace", "none"))
        assert all(re.fullmatch(r"[A-Za-z0-9.-]{1,63}", value) for value in metadata["labels"].values())


def test_a_field_that_the_definition_does_not_know_is_caught() -> None:
    """The sabotage of the test above: the API server would drop it."""
    made = reports()[0]
    del made["metadata"]
    made["results"][0]["surplus"] = "x"

    assert not OFFICIAL[made["kind"]].is_valid(made)


@pytest.mark.parametrize("report", [*REPORTS.values(), many(7000)])
def test_each_summary_counts_the_results_of_its_report(report: Report) -> None:
    for made in reports(report):
        verdicts = [result["result"] for result in made["results"]]
        assert made["summary"] == {verdict: verdicts.count(verdict) for verdict in made["summary"]}
        assert sum(made["summary"].values()) == len(verdicts)


def test_a_report_for_each_namespace_and_one_for_the_cluster() -> None:
    places = [(made["kind"], made["metadata"].get("namespace")) for made in reports()]

    assert places == [
        ("ClusterPolicyReport", None),
        ("PolicyReport", "billing"),
        ("PolicyReport", "kube-system"),
        ("PolicyReport", "shop"),
    ]


def test_the_run_as_a_whole_passes_only_where_everything_was_looked_at() -> None:
    assert told(CLEAN, "coverage") == ["pass"]
    assert told(NOTHING, "coverage") == told(UNREAD, "coverage") == told(SCAN, "coverage") == ["error"]


def test_exceptions_skip_fixed_findings_pass_and_what_was_not_seen_is_an_error() -> None:
    assert told(SCAN, "missing-limits") == ["skip"]
    assert told(DIFF, "host-namespaces") == ["pass"]
    assert told(SCAN, "syntax") == ["error"]
    assert sorted(told(SCAN, "privileged-container")) == ["error", "fail", "skip"]


def test_a_report_too_large_for_etcd_goes_on_in_the_next() -> None:
    made = reports(many(7000))
    sizes = [len(msgspec.json.encode(item)) for item in made]
    shop = [item["metadata"] for item in made if item["metadata"].get("namespace") == "shop"]

    assert max(sizes) < 1_100_000
    assert len(shop) > 1
    assert [item["name"] for item in shop[:3]] == ["bartizan", "bartizan-2", "bartizan-3"]
    assert {item["labels"]["bartizan.dev/parts"] for item in shop} == {str(len(shop))}
    assert sum(len(item["results"]) for item in made) == 7000 + len(SCAN.unknowns) + len(SCAN.results) + 1


def test_what_is_no_namespace_is_told_with_the_cluster() -> None:
    odd = Subject("v1", "Pod", "Not/A Namespace", "web")
    finding = msgspec.structs.replace(SCAN.findings[0], subject=odd)

    made = reports(msgspec.structs.replace(SCAN, findings=(finding,)))

    cluster = next(item for item in made if item["kind"] == "ClusterPolicyReport")
    subjects = [result["resources"][0] for result in cluster["results"] if "resources" in result]
    assert {"apiVersion": "v1", "kind": "Pod", "namespace": "Not/A Namespace", "name": "web"} in subjects


def test_the_time_is_midnight_of_the_day_that_was_judged_by() -> None:
    assert {result["timestamp"]["seconds"] for result in results(SCAN)} == {1_768_435_200}
