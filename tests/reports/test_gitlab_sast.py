"""The demands of GitLab's schema for SAST reports, version 15.0.7, are written down here in our own words."""

from typing import Any

import jsonschema_rs
import msgspec
import pytest

from bartizan.model.report import Report
from tests.reports.formats import render
from tests.reports.sample import CLEAN, DIFF, NOTHING, REPORTS, SCAN, UNREAD
from tests.reports.test_every_format import many
from tests.reports.test_hostile import HOSTILE, spoilt

TEXT = {"type": "string", "minLength": 1}
WEB = {"type": "string", "pattern": "^(https?|ftp)://.+"}
TIME = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$"}


def some(required: dict[str, Any], **optional: Any) -> dict[str, Any]:
    """An object with these fields and no others: of what the schema leaves open we write nothing."""
    return {
        "type": "object",
        "required": list(required),
        "properties": required | optional,
        "additionalProperties": False,
    }


def listed(item: dict[str, Any], fewest: int = 0) -> dict[str, Any]:
    return {"type": "array", "items": item, "minItems": fewest}


TOOL = some({"id": TEXT, "name": TEXT, "version": TEXT, "vendor": some({"name": TEXT})}, url=WEB)
MESSAGE = some({"level": {"enum": ["info", "warn", "fatal"]}, "value": TEXT})
IDENTIFIER = some({"type": TEXT, "name": TEXT, "value": TEXT}, url=WEB)
PLACE = {"file": {"type": "string"}, "start_line": {"type": "number"}, "end_line": {"type": "number"}}
ALGORITHMS = ["hash", "location", "scope_offset", "scope_offset_compressed", "rule_value"]
SIGNATURE = some({"algorithm": {"enum": ALGORITHMS}, "value": {"type": "string"}})
VULNERABILITY = some(
    {"id": TEXT, "identifiers": listed(IDENTIFIER, 1), "location": some({}, **PLACE)},
    name={"type": "string", "maxLength": 255},
    description={"type": "string", "maxLength": 1_048_576},
    severity={"enum": ["Info", "Unknown", "Low", "Medium", "High", "Critical"]},
    solution={"type": "string", "maxLength": 7000},
    links=listed(some({"url": WEB}, name={"type": "string"})),
    details={
        "type": "object",
        "additionalProperties": some({"type": {"const": "text"}, "name": TEXT, "value": {"type": "string"}}),
    },
    tracking=some(
        {"type": {"const": "source"}, "items": listed(some({"signatures": listed(SIGNATURE, 1)}, **PLACE))}
    ),
)
SCAN_OBJECT = some(
    {
        "analyzer": TOOL,
        "scanner": TOOL,
        "type": {"const": "sast"},
        "start_time": TIME,
        "end_time": TIME,
        "status": {"enum": ["success", "failure"]},
    },
    messages=listed(MESSAGE),
)
SCHEMA = jsonschema_rs.validator_for(
    some(
        {
            "scan": SCAN_OBJECT,
            "version": {"type": "string", "pattern": r"^[0-9]+\.[0-9]+\.[0-9]+$"},
            "vulnerabilities": listed(VULNERABILITY),
        },
        schema={"type": "string", "pattern": "^https?://.+"},
    )
)


def written(report: Report = SCAN) -> dict[str, Any]:
    document: dict[str, Any] = msgspec.json.decode(render("gitlab-sast", report))
    return document


def checks(report: Report) -> list[str]:
    return [found["identifiers"][0]["value"] for found in written(report)["vulnerabilities"]]


def messages(report: Report, level: str) -> list[str]:
    return [message["value"] for message in written(report)["scan"]["messages"] if message["level"] == level]


@pytest.mark.parametrize("report", [*REPORTS.values(), many(700), *map(spoilt, HOSTILE.values())])
def test_satisfies_the_schema(report: Report) -> None:
    assert [str(error) for error in SCHEMA.iter_errors(written(report))] == []


def test_the_scan_succeeded_only_where_everything_was_looked_at() -> None:
    statuses = {which: written(report)["scan"]["status"] for which, report in REPORTS.items()}

    assert statuses == {
        "scan": "failure",
        "diff": "failure",
        "clean": "success",
        "nothing": "failure",
        "unread": "failure",
    }


def test_each_thing_not_looked_at_is_a_warning_of_its_own() -> None:
    warnings = messages(UNREAD, "warn")

    assert len(warnings) == 1 + len(UNREAD.unknowns)
    assert "deploy/broken.yaml:7: syntax: not looked at: " in warnings[2]
    assert messages(NOTHING, "fatal")[0].startswith("Nothing was looked at")
    assert messages(CLEAN, "warn") == []


def test_suppressed_and_fixed_findings_are_counted_and_not_listed() -> None:
    assert "missing-limits" not in checks(SCAN)
    assert "host-namespaces" not in checks(DIFF)
    assert any("suppressed 2" in message for message in messages(SCAN, "info"))
    assert any("fixed 2" in message for message in messages(DIFF, "info"))


def test_a_vulnerability_is_tracked_by_our_fingerprint() -> None:
    found = written()["vulnerabilities"][0]
    signature = found["tracking"]["items"][0]["signatures"][0]["value"]

    assert signature == f"{SCAN.findings[0].fingerprint}:0" == found["id"]


def test_the_fix_is_the_solution() -> None:
    assert written()["vulnerabilities"][0]["solution"].splitlines()[-2:] == ["+   privileged: false", "```"]


def test_the_time_is_the_day_that_was_judged_by() -> None:
    assert written()["scan"]["start_time"] == "2026-01-15T00:00:00"
