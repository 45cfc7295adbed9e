from pathlib import Path
from typing import Any

import jsonschema_rs
import msgspec
import pytest

import bartizan
from bartizan.reports._json_wire import Document
from tests.reports.formats import render
from tests.reports.golden import agrees
from tests.reports.sample import DIFF, REPORTS, SCAN
from tests.reports.test_hostile import HOSTILE, spoilt

SCHEMA = Path(bartizan.__file__).with_name("data") / "schemas" / "report-v1.schema.json"


def document(which: str = "scan") -> dict[str, Any]:
    decoded: dict[str, Any] = msgspec.json.decode(render("json", REPORTS[which]))
    return decoded


def schema() -> dict[str, Any]:
    """The schema of the wire types, with its own name."""
    made = msgspec.json.schema(Document)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "https://bartizan.dev/schemas/report-v1.schema.json",
        "title": "Bartizan report, version 1",
        **made,
    }


def test_the_shipped_schema_is_the_one_of_the_wire_types() -> None:
    text = msgspec.json.format(msgspec.json.encode(schema()), indent=2).decode() + "\n"

    assert agrees(SCHEMA, text), "renew with BARTIZAN_GOLDEN=1"


def test_every_property_of_the_schema_is_described() -> None:
    undescribed = [
        f"{name}.{key}"
        for name, type_ in schema()["$defs"].items()
        for key, value in type_["properties"].items()
        if not value.get("description")
    ]

    assert undescribed == []


@pytest.mark.parametrize("which", REPORTS)
def test_output_satisfies_the_schema_and_writes_no_field_beyond_it(which: str) -> None:
    strict = schema()
    for type_ in strict["$defs"].values():
        type_["additionalProperties"] = False

    assert [str(e) for e in jsonschema_rs.validator_for(strict).iter_errors(document(which))] == []


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_output_satisfies_the_schema(kind: str) -> None:
    text = render("json", spoilt(HOSTILE[kind]))

    assert jsonschema_rs.validator_for(schema()).is_valid(msgspec.json.decode(text))


def test_a_suppressed_finding_is_skipped_with_its_exception() -> None:
    told = [(r["verdict"], r["reason"], r["exception"]) for r in document()["results"] if "exception" in r]

    assert told == [("skip", "excepted", "node-agent-needs-devices"), ("skip", "excepted", "batch-limits")]


def test_a_fixed_finding_is_no_failure() -> None:
    fixed = [result for result in document("diff")["results"] if result.get("change") == "fixed"]

    assert {(result["verdict"], result["reason"]) for result in fixed} == {("pass", "fixed")}
    assert document("diff")["summary"]["changes"] == {**DIFF.changes}


def test_errors_and_skips_stand_beside_findings() -> None:
    untold = [(r["check"], r["verdict"], r["reason"]) for r in document()["results"] if "fingerprint" not in r]

    assert untold == [(result.judge, result.verdict, result.reason) for result in SCAN.results]


def test_a_fix_is_written_with_pointers() -> None:
    first = document()["results"][0]

    assert first["fix"] == [
        {
            "op": "set",
            "path": "/spec/template/spec/containers/0/securityContext/privileged",
            "value": False,
        }
    ]


def test_pointers_escape_slashes_and_tildes() -> None:
    finding = SCAN.findings[0]
    assert finding.fix
    op = msgspec.structs.replace(finding.fix[0], path=("metadata", "annotations", "a.io/b~c"))
    report = msgspec.structs.replace(SCAN, findings=(msgspec.structs.replace(finding, fix=(op,)),))

    written = msgspec.json.decode(render("json", report))

    assert written["results"][0]["fix"][0]["path"] == "/metadata/annotations/a.io~1b~0c"


def test_an_unknown_line_is_left_out_and_not_zero() -> None:
    (tag,) = (result for result in document()["results"] if result["check"] == "image-tag")

    assert tag["location"] == {"file": "debug.yaml"}
