"""privileged-port: a number for which many nodes ask for root."""

from typing import Any

import pytest

from bartizan.checks.pod.privileged_port import check
from tests.checks.cases import Cases
from tests.harness import container, judge, pod

CASES = Cases(
    passes=[{"ports": [{"containerPort": 1024}, {"containerPort": 8080}]}],
    fails=[{"ports": [{"containerPort": 8080}, {"containerPort": 80}]}, {"ports": [{"containerPort": 1023}]}],
    absent={},
    absent_fails=False,
    ill_typed=[{"ports": [{"containerPort": "80"}]}, {"ports": 80}],
)


def listening(value: object, port: int) -> dict[str, Any]:
    sysctls = [
        {"name": "kernel.shm_rmid_forced", "value": "1"},
        {"name": "net.ipv4.ip_unprivileged_port_start", "value": value},
    ]
    return pod({"securityContext": {"sysctls": sysctls}}, container(ports=[{"containerPort": port}]))


def test_each_port_is_one_finding() -> None:
    ports = [{"containerPort": 80}, {"containerPort": 8080}, {"containerPort": 443}, {"hostPort": 1}]
    found = judge(check, pod({}, container(ports=ports)))
    assert {f.path[-3:] for f in found} == {("ports", 0, "containerPort"), ("ports", 2, "containerPort")}
    assert {(f.severity, f.persona) for f in found} == {("info", "audit")}


@pytest.mark.parametrize(
    ("value", "port", "count"), [("0", 80, 0), ("80", 80, 0), ("81", 80, 1), ("80", 79, 1), ("x", 80, 1)]
)
def test_a_pod_may_free_the_port_for_everybody(value: str, port: int, count: int) -> None:
    assert len(judge(check, listening(value, port))) == count


def test_windows_has_no_privileged_ports() -> None:
    assert judge(check, pod({"os": {"name": "windows"}}, container(ports=[{"containerPort": 80}]))) == []
