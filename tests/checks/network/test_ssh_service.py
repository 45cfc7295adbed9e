"""ssh-service: a way in, opened to the cluster."""

from typing import Any

import pytest

from bartizan.checks.network.ssh_service import check
from tests.checks.cases import Cases
from tests.harness import judge


def service(*ports: Any, **fields: Any) -> dict[str, Any]:
    spec = {"selector": {"app": "web"}, "ports": list(ports), **fields}
    return {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "web", "namespace": "shop"}, "spec": spec}


CASES = Cases(
    passes=[service({"port": 80, "targetPort": 8080}), service({"port": 22, "protocol": "UDP"})],
    fails=[service({"port": 22}), service({"port": 80, "targetPort": 2222})],
    absent={"apiVersion": "v1", "kind": "Service", "metadata": {"name": "web"}},
    absent_fails=False,
    ill_typed=[service({"port": "22"}), service(22), service({"port": 80, "targetPort": [22]})],
)


@pytest.mark.parametrize(
    ("port", "place", "confidence"),
    [
        ({"port": 22}, "port", "medium"),
        ({"port": 22, "targetPort": "ssh"}, "port", "medium"),
        ({"port": 22, "targetPort": 2222}, "targetPort", "medium"),
        ({"port": 2022, "targetPort": 22}, "targetPort", "medium"),
        ({"port": 2222}, "port", "low"),
    ],
)
def test_the_number_decides_how_sure_it_is(port: dict[str, Any], place: str, confidence: str) -> None:
    (finding,) = judge(check, service({"port": 80}, port))
    assert (finding.path, finding.confidence) == (("spec", "ports", 1, place), confidence)


@pytest.mark.parametrize(
    ("kind", "severity"), [("ClusterIP", "medium"), ("NodePort", "high"), ("LoadBalancer", "high")]
)
def test_a_way_from_outside_weighs_more(kind: str, severity: str) -> None:
    assert [f.severity for f in judge(check, service({"port": 22}, type=kind))] == [severity]
