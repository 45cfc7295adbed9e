"""externally-exposed-service: a Service with a way in from outside."""

from typing import Any

import pytest

from bartizan.checks.network.externally_exposed_service import check
from tests.checks.cases import Cases
from tests.checks.network.objects import service
from tests.harness import judge

CASES = Cases(
    passes=[service(type="ClusterIP"), service(type="ExternalName"), service(externalIPs=["198.51.100.7"])],
    fails=[service(type="NodePort"), service(type="LoadBalancer")],
    absent=service(),
    absent_fails=False,
    ill_typed=[
        service(type=1),
        service(type="LoadBalancer", loadBalancerSourceRanges="10.0.0.0/8"),
        service("internal", type="LoadBalancer"),
    ],
)


@pytest.mark.parametrize("kind", ["NodePort", "LoadBalancer"])
def test_a_way_in_from_outside_is_found(kind: str) -> None:
    (finding,) = judge(check, service(type=kind))
    assert (finding.severity, finding.path, finding.value) == ("medium", ("spec", "type"), kind)
    assert "`type: ClusterIP`" in finding.message


@pytest.mark.parametrize(
    "spec", [{}, {"type": None}, {"type": "ClusterIP"}, {"type": "ExternalName"}, {"externalIPs": []}]
)
def test_a_service_of_the_cluster_passes(spec: dict[str, Any]) -> None:
    assert judge(check, service(**spec), service() | {"spec": None}) == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("service.beta.kubernetes.io/aws-load-balancer-internal", "true"),
        ("service.beta.kubernetes.io/aws-load-balancer-scheme", "internal"),
        ("networking.gke.io/load-balancer-type", "Internal"),
        ("service.beta.kubernetes.io/azure-load-balancer-internal", "true"),
    ],
)
def test_an_internal_load_balancer_weighs_less(name: str, value: str) -> None:
    assert [f.severity for f in judge(check, service({name: value}, type="LoadBalancer"))] == ["low"]
    assert [f.severity for f in judge(check, service({name: "false"}, type="LoadBalancer"))] == ["medium"]


@pytest.mark.parametrize(
    ("ranges", "severity"),
    [
        (["203.0.113.0/24"], "low"),
        ([], "medium"),
        (["203.0.113.0/24", "0.0.0.0/0"], "medium"),
        (["::/0"], "medium"),
    ],
)
def test_some_addresses_only_weigh_less(ranges: list[str], severity: str) -> None:
    (finding,) = judge(check, service(type="LoadBalancer", loadBalancerSourceRanges=ranges))
    assert finding.severity == severity


def test_spaces_around_a_range_count_as_little_as_for_the_api_server() -> None:
    (finding,) = judge(check, service(type="LoadBalancer", loadBalancerSourceRanges=[" 0.0.0.0/0 "]))
    assert finding.severity == "medium"
