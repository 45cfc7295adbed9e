"""host-ports: a port of the node."""

import pytest

from bartizan.checks.pod.host_ports import check
from tests.checks.cases import Cases
from tests.harness import container, judge, pod, run

CASES = Cases(
    passes=[{"ports": [{"containerPort": 80}]}],
    fails=[{"ports": [{"containerPort": 80, "hostPort": 80}]}],
    absent={},
    absent_fails=False,
    ill_typed=[{"ports": "80"}, {"ports": [{"containerPort": 80, "hostPort": "80"}]}],
)


@pytest.mark.parametrize(
    "ports", [None, [], [{"containerPort": 80}], [{"containerPort": 80, "hostPort": 0}], [{"hostPort": None}]]
)
def test_ports_of_the_pod_pass(ports: object) -> None:
    assert judge(check, pod({}, container(ports=ports))) == []


def test_each_port_of_the_node_is_one_finding() -> None:
    ports = [{"containerPort": 1, "hostPort": 8080}, {"containerPort": 2}, {"containerPort": 3, "hostPort": 8443}]
    found = {f.path[-3:]: f.message for f in judge(check, pod({}, container(ports=ports)))}
    assert set(found) == {("ports", 0, "hostPort"), ("ports", 2, "hostPort")}
    assert "`8443`" in found["ports", 2, "hostPort"]


@pytest.mark.parametrize("field", ["initContainers", "containers", "ephemeralContainers"])
def test_every_kind_of_container_is_looked_at(field: str) -> None:
    (finding,) = judge(check, pod({field: [container(ports=[{"hostPort": 1}])]}))
    assert finding.path[1] == field


@pytest.mark.parametrize("ports", ["8080", [{"hostPort": "8080"}], [8080]])
def test_ill_typed_ports_are_an_error_and_no_pass(ports: object) -> None:
    assert [r.verdict for r in run(check, pod({}, container(ports=ports))).results] == ["error"]
