"""credential-in-config-map: a credential where everybody reads. No value is shown."""

from typing import Any

import msgspec
import pytest

from bartizan.checks.secret.credential_in_config_map import check
from bartizan.secrets.patterns import LIMIT
from tests.harness import judge, run

TOKEN = "ghp" + "_" + "aB3dE6gH9jK2mN5pQ8rS1tU4vW7xY0zAbC4e"


def config_map(data: object) -> dict[str, Any]:
    return {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "report"}, "data": data}


@pytest.mark.parametrize(
    ("key", "value", "severity"),
    [
        ("settings.yaml", f"forge:\n  login: {TOKEN}\n", "high"),
        ("DATABASE", "postgres://shop:" + "tr0ub4dor@db/shop", "high"),
        ("UPLOAD_TOKEN", "not-a-real-token", "medium"),
        ("db.password", "changeme", "low"),
    ],
)
def test_a_form_weighs_more_than_a_name(key: str, value: str, severity: str) -> None:
    (finding,) = judge(check, config_map({"HOST": "db", key: value}))
    assert (finding.severity, finding.path) == (severity, ("data", key))
    assert f"`{key}`" in finding.message


def test_the_value_is_shown_nowhere() -> None:
    (finding,) = judge(check, config_map({"a": TOKEN}))
    assert finding.value is None
    assert TOKEN[:12].encode() not in msgspec.json.encode(finding)


def test_each_key_is_one_finding() -> None:
    assert len(judge(check, config_map({"a": TOKEN, "b": TOKEN, "c": "plain"}))) == 2


@pytest.mark.parametrize(
    "data",
    [
        None,
        {},
        {"HOST": "ledger-db", "UPLOAD_URL": "https://reports.example/upload"},
        {"password-file": "/run/secrets/db", "max_tokens": "4096"},
        {"UPLOAD_TOKEN": "", "DB_PASSWORD": "$(FROM_SECRET)"},
        {"ca.crt": "-----BEGIN CERTIFICATE-----\nabc"},
    ],
)
def test_plain_settings_pass(data: object) -> None:
    assert judge(check, config_map(data)) == []


def test_what_was_not_searched_does_not_pass() -> None:
    (result,) = run(check, config_map({"dashboard.json": "a" * (LIMIT + 1)})).results
    assert (result.verdict, result.reason) == ("skip", "not-evaluable-here")
    assert "`dashboard.json`" in result.message


@pytest.mark.parametrize("data", ["x", {"a": 1}, ["a"]])
def test_ill_typed_data_is_an_error(data: object) -> None:
    (result,) = run(check, config_map(data)).results
    assert (result.verdict, result.reason) == ("error", "ill-typed-field")
