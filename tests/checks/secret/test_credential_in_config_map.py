"""credential-in-config-map: a credential where everybody reads. No value is shown."""

from base64 import b64encode
from typing import Any

import msgspec
import pytest

from bartizan.checks.secret.credential_in_config_map import check
from bartizan.secrets.patterns import LIMIT
from tests.checks.cases import Cases
from tests.harness import judge, run

TOKEN = "ghp" + "_" + "aB3dE6gH9jK2mN5pQ8rS1tU4vW7xY0zAbC4e"


def config_map(data: object) -> dict[str, Any]:
    return {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "report"}, "data": data}


CASES = Cases(
    passes=[config_map({"HOST": "db"})],
    fails=[config_map({"a": TOKEN}), config_map({"DB_PASSWORD": "not-a-real-password"})],
    absent={"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "report"}},
    absent_fails=False,
    ill_typed=[config_map("a"), config_map({"DB_PASSWORD": 1})],
)


@pytest.mark.parametrize(
    ("key", "value", "severity"),
    [
        ("settings.yaml", f"forge:\n  login: {TOKEN}\n", "high"),
        ("DATABASE", "postgres://shop:" + "tr0ub4dor@db/shop", "high"),
        ("UPLOAD_TOKEN", "not-a-real-token", "medium"),
        ("db.password", "changeme", "low"),
        ("a.properties", "db.user=shop\ndb.password=tr0ub4dor\n", "medium"),
        ("a.properties", "db.user=shop\ndb.password=changeme\n", "low"),
        (".npmrc", "//npm.example/:_authToken=aB3dE6gH9jK2\n", "high"),
        (".pgpass", "db.example:5432:shop:shop:" + "tr0ub4dor", "high"),
        (".dockerconfigjson", '{"auths": {"r.example": {"auth": "c2hvcDp0cjB1YjRkb3I="}}}', "high"),
    ],
)
def test_a_form_weighs_more_than_a_name(key: str, value: str, severity: str) -> None:
    (finding,) = judge(check, config_map({"HOST": "db", key: value}))
    assert (finding.severity, finding.path) == (severity, ("data", key))
    assert f"`{key}`" in finding.message


def test_the_settings_of_a_text_are_named() -> None:
    text = "".join(f"{name}.password=tr0ub4dor\n" for name in "abcd")
    (finding,) = judge(check, config_map({"a.properties": text}))
    assert "sets `a.password`, `b.password`, `c.password` and others to a literal" in finding.message
    assert b"tr0ub4dor" not in msgspec.json.encode(finding)


@pytest.mark.parametrize("text", [TOKEN, f"a: {TOKEN}"])
def test_binary_data_is_read_where_it_is_text(text: str) -> None:
    raw = {**config_map({}), "binaryData": {"a": b64encode(text.encode()).decode(), "b": "AAEC/w==", "c": "%%"}}
    (finding,) = judge(check, raw)
    assert finding.path == ("binaryData", "a")


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
        {"run.sh": "export DB_PASSWORD=$(cat /run/secrets/db)\n"},
        {"a.yaml": "auth:\n  secretName: login\n  password: ${DB_PASSWORD}\n"},
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
