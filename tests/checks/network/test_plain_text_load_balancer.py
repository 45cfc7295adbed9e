"""plain-text-load-balancer: pages that everyone on the way may read."""

from typing import Any

import pytest

from bartizan.checks.network.plain_text_load_balancer import check
from tests.checks.cases import Cases
from tests.checks.network.objects import service
from tests.harness import judge


def balancer(*ports: dict[str, Any], annotations: object = None) -> dict[str, Any]:
    return service(annotations, type="LoadBalancer", ports=list(ports))


CASES = Cases(
    passes=[balancer({"port": 443}), balancer({"port": 80}, {"port": 443}), service(ports=[{"port": 80}])],
    fails=[balancer({"port": 80}), balancer({"port": 9000, "name": "http"}, {"port": 8080})],
    absent=service(type="LoadBalancer"),
    absent_fails=False,
    ill_typed=[
        service(type="LoadBalancer", ports={"port": 80}),
        balancer({"port": "80"}),
        balancer({"port": 80, "name": 1}),
        balancer({"port": 80}, annotations=[]),
    ],
)


@pytest.mark.parametrize(
    "port",
    [
        {"port": 80},
        {"port": 8080, "protocol": "TCP"},
        {"port": 8000, "name": "web"},
        {"port": 9000, "name": "HTTP"},
        {"port": 9000, "name": "http-admin"},
        {"port": 9000, "appProtocol": "http"},
        {"port": 9000, "appProtocol": "kubernetes.io/h2c"},
        {"name": "http"},
    ],
)
def test_a_port_for_http_is_found(port: dict[str, Any]) -> None:
    (finding,) = judge(check, balancer(port))
    assert (finding.severity, finding.confidence, finding.persona) == ("medium", "medium", "strict")
    assert finding.path == ("spec", "ports")
    assert str(port.get("port", "?")) in finding.message


@pytest.mark.parametrize(
    "port",
    [
        {"port": 8443, "name": "http"},
        {"port": 80, "name": "https"},
        {"port": 80, "name": "http-tls"},
        {"port": 80, "appProtocol": "HTTPS"},
        {"port": 80, "appProtocol": "kubernetes.io/wss"},
        {"port": 80, "protocol": "UDP"},
        {"port": 5432},
        {"port": 9000, "name": "httpd"},
    ],
)
def test_other_ports_pass(port: dict[str, Any]) -> None:
    assert judge(check, balancer(port), balancer({"port": 80}, port)) == []


def test_a_certificate_at_the_load_balancer_passes() -> None:
    annotations = {"service.beta.kubernetes.io/aws-load-balancer-ssl-cert": "arn:aws:acm:x"}
    assert judge(check, balancer({"port": 80}, annotations=annotations)) == []


def test_an_internal_load_balancer_weighs_less() -> None:
    annotations = {"service.beta.kubernetes.io/azure-load-balancer-internal": "true"}
    assert [f.severity for f in judge(check, balancer({"port": 80}, annotations=annotations))] == ["low"]
