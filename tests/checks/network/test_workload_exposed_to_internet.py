"""workload-exposed-to-internet: what strangers can reach."""

from typing import Any

import pytest

from bartizan.checks.network.workload_exposed_to_internet import check
from bartizan.evaluate import Judge, evaluate
from bartizan.lookups import Inventory, Unread
from bartizan.model.result import Result
from bartizan.model.review import Review
from tests.checks.cases import Cases
from tests.checks.network.objects import ingress, service, thing
from tests.harness import TODAY, judge, pod, resource, run

WEB = {"labels": {"app": "web"}}
ROUTES = "gateway.networking.k8s.io/v1"
INSIDE = service(selector={"app": "web"})


def paths(*names: str) -> dict[str, Any]:
    return {"http": {"paths": [{"path": "/", "backend": {"service": {"name": name}}} for name in names]}}


def route(*backends: dict[str, Any], parents: Any = None, kind: str = "HTTPRoute", **where: str) -> dict[str, Any]:
    spec = {"parentRefs": parents or [{"name": "edge"}], "rules": [{"backendRefs": list(backends)}]}
    return thing(ROUTES, kind, **where, spec=spec)


def virtual_service(host: str, *gateways: str, protocol: str = "http", namespace: str = "shop") -> dict[str, Any]:
    spec = {"gateways": list(gateways), protocol: [{"route": [{"destination": {"host": host}}]}]}
    return thing("networking.istio.io/v1", "VirtualService", namespace=namespace, spec=spec)


CASES = Cases(
    passes=[{"metadata": {"labels": {"app": "api"}}}, {"metadata": {"labels": None}}],
    fails=[{}, {"metadata": {"labels": {"app": "web", "tier": "front"}}}],
    absent={"metadata": {"labels": {}}},
    absent_fails=False,
    ill_typed=[{"metadata": {"labels": "web"}}, {"metadata": {"labels": {"app": 1}}}],
    beside=[service(name="front", type="LoadBalancer", selector={"app": "web"})],
)


def ways(*others: dict[str, Any]) -> list[str]:
    """The ways in that are told of a pod `app: web`."""
    findings = judge(check, pod({}, **WEB), *others)
    return [finding.message.partition(": if")[0].partition("through ")[2] for finding in findings]


@pytest.mark.parametrize(
    ("spec", "way"),
    [
        ({"type": "LoadBalancer"}, "`type: LoadBalancer`"),
        ({"type": "NodePort"}, "`type: NodePort`"),
        ({"externalIPs": ["198.51.100.7"]}, "`externalIPs`"),
    ],
)
def test_a_service_with_a_way_in_of_its_own(spec: dict[str, Any], way: str) -> None:
    assert ways(service(selector={"app": "web"}, **spec)) == [f"Service `web` by {way}"]


def test_it_is_a_fact_for_the_inventory() -> None:
    (finding,) = judge(check, pod({}, **WEB), service(type="NodePort", selector={"app": "web"}))
    assert (finding.severity, finding.persona, finding.path) == ("info", "audit", ("spec",))
    assert check.needs == ("inventory",)


@pytest.mark.parametrize(
    "harmless",
    [
        INSIDE,
        service(type="NodePort", selector={"app": "web", "tier": "back"}),
        service(type="NodePort"),
        service(type="NodePort", selector={}),
        service(type="NodePort", selector={"app": "web"}, namespace="other"),
        service(
            {"service.beta.kubernetes.io/azure-load-balancer-internal": "true"},
            type="LoadBalancer",
            selector={"app": "web"},
        ),
    ],
)
def test_services_for_the_cluster_or_for_others_pass(harmless: dict[str, Any]) -> None:
    """Without a selector somebody else says where the Service leads."""
    assert ways(harmless) == []


@pytest.mark.parametrize(
    "entry",
    [
        ingress(rules=[paths("other", "web")]),
        ingress(defaultBackend={"service": {"name": "web"}}),
        ingress(rules=[{"http": {"paths": [{"backend": {"serviceName": "web", "servicePort": 80}}]}}]),
        ingress(backend={"serviceName": "web"}) | {"apiVersion": "extensions/v1beta1"},
        route({"name": "web", "port": 80}),
        route({"name": "web"}, kind="TCPRoute"),
        route({"name": "web", "namespace": "shop"}, namespace="routes"),
        route({"name": "web"}, parents=[{"kind": "Service", "name": "a"}, {"kind": "Gateway", "name": "edge"}]),
        virtual_service("web", "edge"),
        virtual_service("web", "mesh", "edge", protocol="tcp"),
        virtual_service("web.shop.svc.cluster.local", "edge", namespace="istio-system"),
        thing("route.openshift.io/v1", "Route", spec={"to": {"kind": "Service", "name": "web"}}),
        thing("route.openshift.io/v1", "Route", spec={"alternateBackends": [{"name": "web"}]}),
        thing("traefik.io/v1alpha1", "IngressRoute", spec={"routes": [{"services": [{"name": "web"}]}]}),
        thing("projectcontour.io/v1", "HTTPProxy", spec={"routes": [{"services": [{"name": "web"}]}]}),
    ],
)
def test_what_sends_requests_to_the_service(entry: dict[str, Any]) -> None:
    assert ways(INSIDE, entry) == [f"Service `web` by {entry['kind']} `web`"]


@pytest.mark.parametrize(
    "elsewhere",
    [
        ingress(rules=[paths("other")]),
        ingress(rules=[{"host": "a.example"}]),
        ingress(),
        ingress(rules=[paths("web")]) | {"metadata": {"name": "web", "namespace": "other"}},
        route({"name": "web"}, parents=[{"kind": "Service", "group": "", "name": "web"}]),
        route({"name": "web", "kind": "ServiceImport"}),
        route({"name": "web"}, namespace="other"),
        virtual_service("web", "mesh"),
        virtual_service("web"),
        virtual_service("web.other", "edge"),
        thing(
            "traefik.io/v1alpha1", "IngressRoute", spec={"routes": [{"services": [{"kind": "TraefikService"}]}]}
        ),
    ],
)
def test_what_leads_elsewhere_or_stays_in_the_mesh_passes(elsewhere: dict[str, Any]) -> None:
    assert ways(INSIDE, elsewhere) == []


def test_one_finding_names_every_way_once() -> None:
    front = service(name="front", type="LoadBalancer", selector={"app": "web"})
    told = ways(INSIDE, front, ingress(rules=[paths("web"), paths("web")]))
    assert told == ["Service `front` by `type: LoadBalancer`, Service `web` by Ingress `web`"]


@pytest.mark.parametrize(
    ("broken", "kind"),
    [
        (service(name="b", type=1), "Service"),
        (service(name="b", selector={"app": 1}, type="NodePort"), "Service"),
        (ingress(rules={}), "Ingress"),
        (route({"name": 1}, namespace="routes"), "HTTPRoute"),
        (thing("networking.istio.io/v1", "VirtualService", spec={"gateways": "edge"}), "VirtualService"),
    ],
)
def test_what_cannot_be_read_may_be_a_way_in(broken: dict[str, Any], kind: str) -> None:
    (result,) = run(check, pod({}, **WEB), broken).results
    assert (result.verdict, result.reason) == ("error", "lookup-failed")
    assert kind in result.message
    assert len(ways(broken, service(name="front", type="NodePort", selector={"app": "web"}))) == 1


def test_a_broken_service_of_another_namespace_says_nothing() -> None:
    assert ways(service(type=1, namespace="other")) == []


def result_where_routes_are_unread(*others: dict[str, Any]) -> Result:
    """What is said of a pod in a cluster whose HTTPRoutes may not be listed."""
    gap = Unread(
        group="gateway.networking.k8s.io",
        kind="HTTPRoute",
        reason="lookup-failed",
        message="HTTPRoutes may not be listed",
    )
    resources = [resource(raw) for raw in (pod({}, **WEB), *others)]
    reviews = [Review(resources[0])]
    return evaluate([Judge(check, check.params())], reviews, Inventory(resources, [gap]), TODAY).results[0]


def test_a_kind_that_was_not_read_may_be_a_way_in() -> None:
    result = result_where_routes_are_unread(INSIDE)
    assert (result.verdict, result.reason) == ("error", "lookup-failed")
    assert result.message == "HTTPRoutes may not be listed"


def test_a_way_in_that_is_known_is_told_all_the_same() -> None:
    front = service(name="front", type="NodePort", selector={"app": "web"})
    assert result_where_routes_are_unread(front).verdict == "fail"
