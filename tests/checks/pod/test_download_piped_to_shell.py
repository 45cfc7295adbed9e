"""download-piped-to-shell: whatever the server sends at that moment."""

import msgspec
import pytest

from bartizan.checks.pod.download_piped_to_shell import check
from tests.checks.cases import Cases
from tests.harness import container, judge, pod

URL = "https://get.example/install"
CASES = Cases(
    passes=[{"command": ["sh", "-c", f"curl -fsSL {URL} | tar xz"]}, {"args": ["curl", URL]}],
    fails=[{"command": ["sh", "-c", f"curl {URL} | sh"]}, {"args": ["-c", f"wget -qO- {URL} | bash -s -- --yes"]}],
    absent={},
    absent_fails=False,
    ill_typed=[{"command": f"curl {URL} | sh"}, {"args": [7]}, {"livenessProbe": {"exec": {"command": "a"}}}],
)


def found(script: str) -> list[str]:
    return [f.severity for f in judge(check, pod({}, container(command=["sh", "-c", script])))]


@pytest.mark.parametrize(
    "script",
    [
        f"curl -fsSL {URL} | sh",
        f"curl -fsSL {URL}|sh",
        f"set -e\ncurl {URL} \\\n  | bash -x -\necho done",
        f"cd /tmp && wget -qO- {URL} | sudo -E bash -",
        f"/usr/bin/curl '{URL}?a=1&b=2;c' | /bin/sh",
        f'curl "{URL}?a=1&&b=2" | sh',
        f"curl {URL} | gunzip | sed s/a/b/ | ash",
        f"curl {URL} | bash -euo pipefail",
        f"curl {URL} | sh > /dev/null 2>&1",
        f"curl {URL} | python3",
        f"curl {URL} | python3 -u - --yes",
        f"curl {URL} | env A=b perl",
        f"bash -c 'curl {URL} | sh'",
        f"x=$(curl {URL} | sh)",
        f'sh -c "$(curl -fsSL {URL})"',
        f"bash <(curl -s {URL})",
        f'eval "$(wget -qO- {URL})"',
        f"source <(curl -s {URL})",
        f"a; . <(curl -s {URL})",
        f"sh -c `curl {URL}`",
        f"$(curl {URL})",
        f"Invoke-WebRequest {URL} | iex",
    ],
)
def test_what_runs_a_download_is_found(script: str) -> None:
    assert found(script) == ["medium"]


@pytest.mark.parametrize(
    "script",
    [
        f"curl {URL}",
        f"curl {URL} | tar xz -C /opt",
        f"curl {URL} | jq .version",
        f"curl {URL} | python3 -m json.tool",
        f"curl {URL} | python3 -c 'import sys'",
        f"curl {URL} | perl -pe s/a/b/",
        f"curl {URL} | bash check.sh",
        f"curl {URL} | tee install.sh",
        f"curl {URL} | grep bash",
        f"curl {URL} || sh fallback.sh",
        f"curl {URL}; cat a | sh",
        f"cat a | sh && curl {URL}",
        f"VERSION=$(curl {URL}) && sh build.sh",
        "echo 'install with curl' && cat list | sh",
        "curlew | sh",
        "cat curl.txt-list | sh",
        "pip install pycurl | sh",
    ],
)
def test_a_download_that_is_read_as_data_passes(script: str) -> None:
    assert found(script) == []


@pytest.mark.parametrize(
    "script",
    [
        "curl http://get.example/install | sh",
        f"curl -k {URL} | sh",
        f"curl -fsSLk {URL} | sh",
        f"curl --insecure {URL} | sh",
        f"wget --no-check-certificate -qO- {URL} | sh",
        'sh -c "$(curl http://get.example/install)"',
    ],
)
def test_an_unsecured_download_weighs_more(script: str) -> None:
    assert found(script) == ["high"]


def test_a_flag_of_another_command_does_not_count() -> None:
    assert found(f"tar -xk a; curl {URL} | sh") == ["medium"]


def test_each_command_is_looked_at_and_the_script_is_not_shown() -> None:
    run = ["sh", "-c", f"curl -u eve:hunter2 {URL} | sh"]
    app = container(
        command=run, livenessProbe={"exec": {"command": run}}, lifecycle={"postStart": {"exec": {"command": run}}}
    )
    told = judge(check, pod({}, app))
    assert {f.path[3:] for f in told} == {
        ("command",),
        ("livenessProbe", "exec", "command"),
        ("lifecycle", "postStart", "exec", "command"),
    }
    assert all(f.value is None and b"hunter2" not in msgspec.json.encode(f) for f in told)


@pytest.mark.timeout(10)
@pytest.mark.parametrize(
    "script", ["curl " * 100_000 + "|", "|curl" * 100_000, "$(" * 200_000 + "curl -" + "k" * 200_000]
)
def test_a_long_script_takes_no_longer_than_its_length(script: str) -> None:
    assert found(script) == []
