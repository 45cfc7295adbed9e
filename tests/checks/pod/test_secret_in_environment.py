"""secret-in-environment: a literal credential in `env`, which is never shown."""

import msgspec
import pytest

from bartizan.checks.pod.secret_in_environment import check
from bartizan.secrets.patterns import LIMIT
from tests.checks.cases import Cases
from tests.harness import container, judge, pod, run

TOKEN = "ghp" + "_" + "aB3dE6gH9jK2mN5pQ8rS1tU4vW7xY0zAbC4e"

CASES = Cases(
    passes=[{"env": [{"name": "LOG_LEVEL", "value": "info"}]}],
    fails=[
        {"env": [{"name": "DB_PASSWORD", "value": "not-a-real-password"}]},
        {"env": [{"name": "ANYTHING", "value": TOKEN}]},
    ],
    absent={},
    absent_fails=False,
    ill_typed=[{"env": {"DB_PASSWORD": "a"}}, {"env": [{"name": "DB_PASSWORD", "value": 1}]}],
)


def env(name: str, value: object) -> dict[str, object]:
    return container(env=[{"name": "LOG_LEVEL", "value": "info"}, {"name": name, "value": value}])


@pytest.mark.parametrize(
    ("name", "value", "severity"),
    [
        ("ANYTHING", TOKEN, "high"),
        ("DATABASE", "postgres://shop:" + "tr0ub4dor@db/shop", "high"),
        ("DB_PASSWORD", "not-a-real-password", "medium"),
        ("DB_PASSWORD", "changeme", "low"),
        ("PGPASSWORD", "tr0ub4dor", "medium"),
        ("REDISCLI_AUTH", "tr0ub4dor", "medium"),
        ("BASIC_AUTH", "shop:tr0ub4dor", "medium"),
        ("DATABASE_DSN", "shop:" + "tr0ub4dor@tcp(db:3306)/shop", "high"),
        ("JAVA_OPTS", "-Xmx1g -Ddb.password=tr0ub4dor", "medium"),
        ("SETTINGS", '{"db": {"password": "tr0ub4dor"}}', "medium"),
        ("SETTINGS", '{"db": {"password": "changeme"}}', "low"),
    ],
)
def test_a_form_weighs_more_than_a_name(name: str, value: str, severity: str) -> None:
    (finding,) = judge(check, pod({}, env(name, value)))
    assert finding.severity == severity
    assert finding.path == ("spec", "containers", 0, "env", 1, "value")
    assert f"`{name}`" in finding.message


@pytest.mark.parametrize("name", ["ANYTHING", "GITHUB_TOKEN"])
def test_the_value_is_shown_nowhere(name: str) -> None:
    (finding,) = judge(check, pod({}, env(name, TOKEN)))
    assert finding.value is None
    assert TOKEN[:12].encode() not in msgspec.json.encode(finding)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DB_PASSWORD", ""),
        ("DB_PASSWORD", None),
        ("DB_PASSWORD", "my-secret-name"),
        ("DB_PASSWORD", "projects/p/secrets/s"),
        ("COMPASS", "north-by-northwest"),
        ("DB_PASSWORD", "$(OTHER)"),
        ("DB_PASSWORD_FILE", "/run/secrets/db"),
        ("DB_PASSWORD", "/run/secrets/db"),
        ("ALLOW_EMPTY_PASSWORD", "yes"),
        ("JAVA_OPTS", "-Ddb.password=$(DB_PASSWORD)"),
        ("BANK_GATEWAY", "https://bank-gateway.example/v3"),
    ],
)
def test_references_paths_and_switches_pass(name: str, value: object) -> None:
    assert judge(check, pod({}, env(name, value))) == []


def test_a_reference_to_a_secret_passes() -> None:
    entry = {"name": "DB_PASSWORD", "valueFrom": {"secretKeyRef": {"name": "db", "key": "password"}}}
    assert judge(check, pod({}, container(env=[entry])), pod({}, container(env=None))) == []


@pytest.mark.parametrize("field", ["initContainers", "containers", "ephemeralContainers"])
def test_every_kind_of_container_is_looked_at(field: str) -> None:
    (finding,) = judge(check, pod({field: [env("DB_PASSWORD", "hunter2")]}))
    assert finding.path[:2] == ("spec", field)


def test_what_was_not_searched_does_not_pass() -> None:
    (result,) = run(check, pod({}, env("LONG", "a" * (LIMIT + 1)))).results
    assert (result.verdict, result.reason) == ("skip", "not-evaluable-here")
    assert "`LONG`" in result.message


@pytest.mark.parametrize("entries", ["A=b", [{"name": "A", "value": 1}], ["A"]])
def test_an_ill_typed_environment_is_an_error(entries: object) -> None:
    (result,) = run(check, pod({}, container(env=entries))).results
    assert result.verdict == "error"
