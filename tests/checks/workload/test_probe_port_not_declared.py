"""probe-port-not-declared: a probe that fails for ever, or a number that is likely a mistake."""

from typing import Any

import pytest

from bartizan.checks.workload.probe_port_not_declared import check
from tests.checks.cases import Cases
from tests.harness import container, judge, pod

PORTS = [{"name": "http", "containerPort": 8080}, {"containerPort": 9090}]


def asks(port: Any, *, ports: Any = PORTS, handler: str = "httpGet", **request: Any) -> dict[str, Any]:
    return {"ports": ports, "readinessProbe": {handler: {"port": port, **request}}}


CASES = Cases(
    passes=[
        asks("http"),
        asks(9090),
        asks("8080"),
        asks("http", handler="tcpSocket"),
        asks(9090, handler="grpc"),
        {"ports": PORTS, "livenessProbe": {"exec": {"command": ["true"]}}},
        {"ports": PORTS, "readinessProbe": {"httpGet": {"path": "/"}}},
    ],
    fails=[
        asks("https"),
        asks("http", ports=None),
        asks(80),
        asks(80, ports=[]),
        asks(80, handler="grpc"),
        asks("²"),
        {"ports": PORTS, "livenessProbe": {"tcpSocket": {"port": "web"}}},
        {"ports": PORTS, "startupProbe": {"tcpSocket": {"port": "web"}}},
        {"ports": PORTS, "lifecycle": {"preStop": {"httpGet": {"port": "web"}}}},
    ],
    absent={},
    absent_fails=False,
    ill_typed=[asks([]), asks("http", ports="8080"), asks("http", ports=[{"name": 1}]), {"ports": [8080]}],
)


@pytest.mark.parametrize(
    ("fields", "severity", "confidence"),
    [
        (asks("https"), "low", "high"),
        (asks(80), "info", "medium"),
        (asks(80, ports=None), "info", "low"),
        (asks(80, host="shop.example"), "info", "low"),
    ],
)
def test_a_name_is_surer_than_a_number(fields: dict[str, Any], severity: str, confidence: str) -> None:
    (finding,) = judge(check, pod({}, container(**fields)))
    assert (finding.severity, finding.confidence) == (severity, confidence)
    assert finding.path == ("spec", "containers", 0, "readinessProbe", "httpGet", "port")


def test_a_port_of_another_container_is_not_its_own() -> None:
    other = container(name="proxy", ports=[{"name": "https", "containerPort": 443}])
    assert len(judge(check, pod({}, container(**asks("https")), other))) == 1


def test_a_very_long_number_is_only_a_number() -> None:
    assert len(judge(check, pod({}, container(**asks("9" * 5000))))) == 1
