"""secret-in-arguments: a literal credential on a command line, which is never shown."""

from typing import Any

import msgspec
import pytest

from bartizan.checks.pod.secret_in_arguments import check
from bartizan.secrets.patterns import LIMIT
from tests.checks.cases import Cases
from tests.harness import container, judge, pod, run

TOKEN = "ghp" + "_" + "aB3dE6gH9jK2mN5pQ8rS1tU4vW7xY0zAbC4e"
PASSWORD = "tr0ub4" + "dor"

CASES = Cases(
    passes=[{"args": ["--password=$(DB_PASSWORD)"]}, {"command": ["web", "--verbose"]}],
    fails=[
        {"args": [f"--password={PASSWORD}"]},
        {"command": ["web"], "args": ["--password", PASSWORD]},
        {"command": ["sh", "-c", f"git clone https://shop:{PASSWORD}@git.example/a"]},
    ],
    absent={},
    absent_fails=False,
    ill_typed=[{"args": "--password"}, {"command": [1]}, {"livenessProbe": {"exec": {"command": "a"}}}],
)


@pytest.mark.parametrize(
    ("words", "severity"),
    [
        ([f"--forge={TOKEN}"], "high"),
        (["sh", "-c", "curl -H 'Author" + f"ization: Bearer {TOKEN}' https://a.example"], "high"),
        ([f"--db-password={PASSWORD}"], "medium"),
        (["--db-password=changeme"], "low"),
        (["sh", "-c", f'cat > a.json <<END\n{{\n  "password": "{PASSWORD}"\n}}\nEND'], "medium"),
        ([f'{{"password":"{PASSWORD}"}}'], "medium"),
        (['{"password":"changeme"}'], "low"),
    ],
)
def test_a_form_weighs_more_than_a_name(words: list[str], severity: str) -> None:
    (finding,) = judge(check, pod({}, container(args=words)))
    assert (finding.severity, finding.path) == (severity, ("spec", "containers", 0, "args", len(words) - 1))
    assert "`args` of container `app`" in finding.message


def test_an_option_at_the_end_of_the_command_takes_the_first_argument() -> None:
    (finding,) = judge(check, pod({}, container(command=["web", "--password"], args=[PASSWORD])))
    assert finding.path[-2:] == ("args", 0)


@pytest.mark.parametrize(
    ("fields", "path"),
    [
        ({"livenessProbe": {"exec": {"command": ["redis-cli", "-a", PASSWORD]}}}, ("exec", "command", 2)),
        ({"lifecycle": {"preStop": {"exec": {"command": [f"--password={PASSWORD}"]}}}}, ("exec", "command", 0)),
        (
            {
                "readinessProbe": {
                    "httpGet": {"httpHeaders": [{"name": "Authorization", "value": "Basic c2hvcDphYmM="}]}
                }
            },
            ("httpHeaders", 0, "value"),
        ),
        (
            {"startupProbe": {"httpGet": {"httpHeaders": [{"name": "X-API-Key", "value": "aB3dE6gH9"}]}}},
            ("httpHeaders", 0, "value"),
        ),
        (
            {"startupProbe": {"httpGet": {"httpHeaders": [{"name": "X-Any", "value": TOKEN}]}}},
            ("httpHeaders", 0, "value"),
        ),
    ],
)
def test_probes_and_hooks_are_looked_at(fields: dict[str, Any], path: tuple[str | int, ...]) -> None:
    (finding,) = judge(check, pod({}, container(**fields)))
    assert finding.path[-len(path) :] == path
    assert f"`{next(iter(fields))}` of container `app`" in finding.message


@pytest.mark.parametrize("words", [[f"--x={TOKEN}"], [f"--password={PASSWORD}"], ["mysql", f"-p{PASSWORD}"]])
def test_the_value_is_shown_nowhere(words: list[str]) -> None:
    (finding,) = judge(check, pod({}, container(command=words)))
    written = msgspec.json.encode(finding)
    assert finding.value is None
    assert TOKEN[:12].encode() not in written
    assert PASSWORD.encode() not in written


def test_each_word_is_one_finding() -> None:
    found = judge(
        check, pod({}, container(args=[f"--password={PASSWORD}", f"--x={TOKEN}", "--token", "aB3dE6gH9"]))
    )
    assert {finding.path[-1] for finding in found} == {0, 1, 3}


@pytest.mark.parametrize(
    "fields",
    [
        {"args": ["--password-file=/run/secrets/db", "--tls-secret=webhook-cert"]},
        {"livenessProbe": {"httpGet": {"httpHeaders": [{"name": "Cookie", "value": "session=x-probe"}]}}},
        {"livenessProbe": {"httpGet": {"httpHeaders": [{"name": "Authorization", "value": "Bearer $(TOKEN)"}]}}},
        {"livenessProbe": {"tcpSocket": {"port": 80}}, "lifecycle": {"preStop": {"sleep": {"seconds": 5}}}},
    ],
)
def test_files_references_and_plain_probes_pass(fields: dict[str, Any]) -> None:
    assert judge(check, pod({}, container(**fields))) == []


def test_what_was_not_searched_does_not_pass() -> None:
    (result,) = run(check, pod({}, container(args=["a" * (LIMIT + 1)]))).results
    assert (result.verdict, result.reason) == ("skip", "not-evaluable-here")
    assert f"{LIMIT // 1024} KiB of `args`" in result.message
