"""gateway-without-tls: plain HTTP at the front door."""

from typing import Any

import pytest

from bartizan.checks.network.gateway_without_tls import check
from tests.checks.cases import Cases
from tests.checks.network.objects import thing
from tests.harness import judge, run

API = "gateway.networking.k8s.io/v1"
REDIRECT = {"filters": [{"type": "RequestRedirect", "requestRedirect": {"scheme": "https", "statusCode": 301}}]}
PAGES = {"backendRefs": [{"name": "web", "port": 80}]}


def gateway(*listeners: Any, api_version: str = API) -> dict[str, Any]:
    return thing(api_version, "Gateway", "edge", spec={"listeners": list(listeners)})


def listener(protocol: Any = "HTTP", name: str = "web", port: int = 80) -> dict[str, Any]:
    return {"name": name, "port": port, "protocol": protocol}


def route(
    *rules: Any, title: str = "r", kind: str = "HTTPRoute", where: str = "shop", on: Any = None
) -> dict[str, Any]:
    reference = {"name": "edge", **(on or {})}
    return thing(API, kind, title, where, spec={"parentRefs": [reference], "rules": list(rules)})


def istio(*servers: Any, **selector: str) -> dict[str, Any]:
    spec = {"selector": selector or {"istio": "ingressgateway"}, "servers": list(servers)}
    return thing("networking.istio.io/v1", "Gateway", "edge", spec=spec)


def server(protocol: str, **tls: Any) -> dict[str, Any]:
    return {"port": {"number": 80, "name": "web", "protocol": protocol}, "hosts": ["*"], "tls": tls or None}


CASES = Cases(
    passes=[
        gateway(listener("HTTPS", port=443), listener("TLS"), listener("TCP")),
        [gateway(listener()), route(REDIRECT)],
        istio(server("HTTPS", mode="SIMPLE"), server("HTTP", httpsRedirect=True)),
    ],
    fails=[gateway(listener()), [gateway(listener()), route(PAGES)], istio(server("HTTP"))],
    absent=thing(API, "Gateway", spec={}),
    absent_fails=False,
    ill_typed=[
        gateway(listener(80)),
        gateway("http"),
        istio({"port": 80}),
        istio({"port": {"number": 80, "protocol": "HTTP"}, "tls": True}),
        [gateway(listener()), route("rule")],
    ],
)


def test_a_listener_that_nobody_redirects_is_found() -> None:
    """A redirect may be applied from elsewhere."""
    (finding,) = judge(check, gateway(listener("HTTPS", "tls", 443), listener()))
    assert (finding.severity, finding.confidence) == ("medium", "medium")
    assert finding.path == ("spec", "listeners", 1, "protocol")
    assert "among the scanned objects" in finding.message


def test_a_route_that_serves_over_it_is_named() -> None:
    routes = route(PAGES), route(REDIRECT, title="to-https"), route(PAGES, title="rpc", kind="GRPCRoute")
    (finding,) = judge(check, gateway(listener()), *routes)
    assert finding.confidence == "high"
    assert "`r`, `rpc`" in finding.message
    assert "to-https" not in finding.message


def test_each_rule_must_redirect() -> None:
    assert len(judge(check, gateway(listener()), route(REDIRECT, PAGES))) == 1


@pytest.mark.parametrize(
    "other",
    [
        {"filters": [{"type": "RequestRedirect", "requestRedirect": {"hostname": "shop.example"}}]},
        {"filters": [{"type": "RequestRedirect", "requestRedirect": {"scheme": "http"}}]},
        {"filters": [{"type": "URLRewrite"}]},
        {"filters": []},
        {},
    ],
)
def test_only_a_redirect_to_https_counts(other: dict[str, Any]) -> None:
    assert len(judge(check, gateway(listener()), route(other))) == 1


@pytest.mark.parametrize(
    "parent",
    [{"name": "other"}, {"namespace": "other"}, {"sectionName": "tls"}, {"port": 8080}, {"kind": "Service"}],
)
def test_a_route_on_another_listener_says_nothing(parent: dict[str, Any]) -> None:
    (finding,) = judge(check, gateway(listener()), route(REDIRECT, on=parent))
    assert "no route" in finding.message


@pytest.mark.parametrize(
    "parent", [{"sectionName": "web"}, {"port": 80}, {"kind": "Gateway", "namespace": "shop"}]
)
def test_a_route_may_name_the_listener(parent: dict[str, Any]) -> None:
    assert judge(check, gateway(listener()), route(REDIRECT, on=parent)) == []


def test_a_route_of_another_namespace_names_the_gateways() -> None:
    assert judge(check, gateway(listener()), route(REDIRECT, where="b", on={"namespace": "shop"})) == []


def test_a_route_that_cannot_be_read_is_an_error_unless_another_serves() -> None:
    broken = route("rule", title="broken")
    (result,) = run(check, gateway(listener()), broken).results
    assert (result.verdict, result.reason) == ("error", "lookup-failed")
    assert "`broken`" in result.message
    assert len(judge(check, gateway(listener()), broken, route(PAGES))) == 1


@pytest.mark.parametrize("protocol", ["HTTP", "http", "HTTP2", "GRPC", "GRPC-WEB"])
def test_a_server_of_istio_is_found(protocol: str) -> None:
    (finding,) = judge(check, istio(server(protocol)))
    assert (finding.confidence, finding.path) == ("high", ("spec", "servers", 0, "port", "protocol"))
    assert "`tls.httpsRedirect: true`" in finding.message


@pytest.mark.parametrize(
    "fine",
    [
        server("HTTP", httpsRedirect=True),
        server("HTTP", mode="MUTUAL"),
        server("HTTPS", mode="SIMPLE"),
        server("TCP"),
    ],
)
def test_other_servers_of_istio_pass(fine: dict[str, Any]) -> None:
    assert judge(check, istio(fine)) == []


def test_the_way_out_of_the_mesh_is_left_alone() -> None:
    assert judge(check, istio(server("HTTP"), istio="egressgateway")) == []


def test_a_gateway_of_another_group_is_not_looked_at() -> None:
    assert judge(check, gateway(listener(), api_version="example.com/v1")) == []
