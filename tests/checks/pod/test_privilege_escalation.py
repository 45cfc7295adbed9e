"""privilege-escalation: absent means that a process may become more than it was."""

from typing import Any

import pytest

from bartizan.checks.pod.privilege_escalation import check
from tests.checks.cases import Cases
from tests.harness import container, fixed, judge, pod, run

SAFE = container(securityContext={"allowPrivilegeEscalation": False})

CASES = Cases(
    passes=[{"securityContext": {"allowPrivilegeEscalation": False}}],
    fails=[{"securityContext": {"allowPrivilegeEscalation": True}}, {"securityContext": {"privileged": True}}],
    absent={},
    absent_fails=True,
    ill_typed=[{"securityContext": {"allowPrivilegeEscalation": "false"}}, {"securityContext": False}],
)


def test_a_container_that_forbids_it_passes() -> None:
    assert judge(check, pod({}, SAFE)) == []


@pytest.mark.parametrize(
    "security",
    [None, {}, {"allowPrivilegeEscalation": None}, {"allowPrivilegeEscalation": True}, {"runAsNonRoot": True}],
)
def test_silence_and_true_are_found_and_fixed(security: object) -> None:
    raw = pod({}, container(securityContext=security))
    (finding,) = judge(check, raw)
    assert finding.path == ("spec", "containers", 0, "securityContext", "allowPrivilegeEscalation")
    assert judge(check, fixed(check, raw)) == []


@pytest.mark.parametrize("field", ["initContainers", "containers", "ephemeralContainers"])
def test_every_kind_of_container_is_looked_at(field: str) -> None:
    found = judge(check, pod({"containers": [SAFE], field: [container()]}))
    assert [f.path[1] for f in found] == [field]


def test_each_container_is_one_finding() -> None:
    assert len(judge(check, pod({}, container(), SAFE | {"name": "b"}, container(name="c")))) == 2


@pytest.mark.parametrize(
    ("security", "power"),
    [
        ({"privileged": True}, "`privileged: true`"),
        ({"capabilities": {"add": ["SYS_ADMIN"]}}, "`SYS_ADMIN`"),
        ({"capabilities": {"add": ["CAP_SYS_ADMIN"]}}, "`SYS_ADMIN`"),
    ],
)
def test_no_fix_that_the_api_server_would_refuse(security: dict[str, Any], power: str) -> None:
    """`allowPrivilegeEscalation: false` beside such a power is no valid object."""
    (finding,) = judge(check, pod({}, container(securityContext=security)))
    assert finding.fix is None
    assert power in finding.message


def test_windows_pods_are_left_out_from_1_25_on() -> None:
    windows = pod({"os": {"name": "windows"}})
    assert judge(check, windows) == []
    assert len(judge(check, windows, minor=24)) == 1
    assert len(judge(check, pod({"os": {"name": "linux"}}))) == 1


def test_there_is_no_rule_before_1_8() -> None:
    assert check.rule(7) is None


@pytest.mark.parametrize("value", ["false", 0])
def test_an_ill_typed_flag_is_an_error_and_no_pass(value: object) -> None:
    raw = pod({}, container(securityContext={"allowPrivilegeEscalation": value}))
    assert [r.verdict for r in run(check, raw).results] == ["error"]
