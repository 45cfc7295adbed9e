"""external-name-service: an alias that leads out of the cluster."""

from typing import Any

import pytest

from bartizan.checks.network.external_name_service import check
from tests.checks.cases import Cases
from tests.harness import judge


def service(**spec: Any) -> dict[str, Any]:
    return {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "db", "namespace": "shop"}, "spec": spec}


CASES = Cases(
    passes=[service(type="ClusterIP", ports=[{"port": 80}]), service(type="LoadBalancer")],
    fails=[service(type="ExternalName", externalName="db.example.com"), service(type="ExternalName")],
    absent=service(),
    absent_fails=False,
    ill_typed=[service(type=5), service(type="ExternalName", externalName=["db.example.com"])],
)


@pytest.mark.parametrize(
    ("host", "severity"),
    [
        ("db.example.com", "low"),
        ("web.other.svc.cluster.local", "info"),
        ("web.other.svc.cluster.local.", "info"),
        ("WEB.OTHER.SVC", "info"),
        ("svc.example.com", "low"),
    ],
)
def test_a_host_inside_weighs_less(host: str, severity: str) -> None:
    (finding,) = judge(check, service(type="ExternalName", externalName=host))
    assert finding.severity == severity
    assert f"`{host}`" in finding.message
