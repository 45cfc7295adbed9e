"""wildcard-ingress-host: names that nobody meant to serve."""

from typing import Any

import pytest

from bartizan.checks.network.wildcard_ingress_host import check
from tests.checks.cases import Cases
from tests.checks.network.objects import ingress, thing
from tests.harness import judge, run

API = "gateway.networking.k8s.io/v1"


def route(hostnames: Any = None, on: Any = None, kind: str = "HTTPRoute") -> dict[str, Any]:
    spec = {"parentRefs": [{"name": "edge"}] if on is None else on, "hostnames": hostnames}
    return thing(API, kind, spec=spec)


def gateway(*hosts: Any, namespace: str = "shop") -> dict[str, Any]:
    listeners = [{"name": f"l{index}", "hostname": host} for index, host in enumerate(hosts)]
    return thing(API, "Gateway", "edge", namespace, spec={"listeners": listeners})


CASES = Cases(
    passes=[
        ingress(rules=[{"host": "www.shop.example"}]),
        ingress(rules=[]),
        route(["www.shop.example"]),
        [route(), gateway("www.shop.example")],
    ],
    fails=[
        ingress(rules=[{"host": "*"}]),
        ingress(rules=[{"host": "*.shop.example"}]),
        ingress(rules=[{}]),
        route(["*.shop.example"]),
        route([]),
    ],
    absent=ingress(),
    absent_fails=False,
    ill_typed=[
        ingress(rules={}),
        ingress(rules=[{"host": 1}]),
        ingress(rules=["a.example"]),
        route("www.shop.example"),
        route(on={}),
        [route(), gateway(1)],
    ],
)


@pytest.mark.parametrize(
    ("host", "severity"), [(None, "medium"), ("", "medium"), ("*", "medium"), ("*.shop.example", "low")]
)
def test_any_host_weighs_more_than_any_below_a_name(host: str | None, severity: str) -> None:
    (finding,) = judge(check, ingress(rules=[{"host": "www.shop.example"}, {"host": host}]))
    assert (finding.severity, finding.persona) == (severity, "strict")
    assert finding.path == ("spec", "rules", 1, "host")


@pytest.mark.parametrize("field", ["defaultBackend", "backend"])
def test_a_backend_for_everything_is_found(field: str) -> None:
    (finding,) = judge(check, ingress(**{field: {"service": {"name": "web"}}}))
    assert finding.path == ("spec", field)
    assert f"`{field}`" in finding.message


def test_the_old_group_is_looked_at_too() -> None:
    assert len(judge(check, ingress(rules=[{}]) | {"apiVersion": "extensions/v1beta1"})) == 1


@pytest.mark.parametrize("kind", ["HTTPRoute", "GRPCRoute", "TLSRoute"])
def test_each_name_of_a_route_is_looked_at(kind: str) -> None:
    (finding,) = judge(check, route(["www.shop.example", "*.shop.example"], kind=kind))
    assert (finding.severity, finding.path) == ("low", ("spec", "hostnames", 1))


@pytest.mark.parametrize(
    ("others", "confidence"),
    [
        ([], "medium"),
        ([gateway("www.shop.example", namespace="other")], "medium"),
        ([gateway()], "medium"),
        ([gateway(None)], "high"),
        ([gateway("www.shop.example", "*.shop.example")], "high"),
    ],
)
def test_a_route_without_names_takes_those_of_its_gateway(others: list[dict[str, Any]], confidence: str) -> None:
    (finding,) = judge(check, route(), *others)
    assert (finding.severity, finding.confidence) == ("medium", confidence)
    assert finding.path == ("spec", "hostnames")


@pytest.mark.parametrize(
    ("on", "found"),
    [
        ([{"name": "edge", "sectionName": "l0"}], 0),
        ([{"name": "edge", "sectionName": "l1"}], 1),
        ([{"name": "edge", "sectionName": "l9"}], 1),
        ([{"name": "edge", "namespace": "shop", "sectionName": "l0"}, {"name": "else"}], 1),
        ([{"kind": "Service", "name": "web"}], 0),
        ([], 0),
    ],
)
def test_the_listener_that_the_route_names_counts(on: list[dict[str, str]], found: int) -> None:
    """A route on a Service stays in the mesh."""
    assert len(judge(check, route(on=on), gateway("www.shop.example", None))) == found


def test_a_gateway_that_cannot_be_read_is_an_error() -> None:
    result = run(check, route(), gateway("a.example") | {"spec": []}).results[0]
    assert (result.verdict, result.reason) == ("error", "lookup-failed")
    assert "`edge`" in result.message
