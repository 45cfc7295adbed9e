"""What sends requests from outside to Services: one reader a kind."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import msgspec

from bartizan.model.pod_shape import METADATA
from bartizan.model.resource import Resource
from bartizan.model.shape import TEXT, TEXTS, Fields, ListOf, conform


class Backend(msgspec.Struct, frozen=True):
    """A Service that something sends requests to."""

    namespace: str
    service: str
    way: str
    """What sends them."""
    login: bool = False
    """Whether it asks who is there."""


_INGRESS_BACKEND = Fields({"service": Fields({"name": TEXT}), "serviceName": TEXT})
_INGRESS = Fields(
    {
        "metadata": METADATA,
        "spec": Fields(
            {
                "defaultBackend": _INGRESS_BACKEND,
                "backend": _INGRESS_BACKEND,
                "rules": ListOf(
                    Fields({"http": Fields({"paths": ListOf(Fields({"backend": _INGRESS_BACKEND}))})})
                ),
            }
        ),
    }
)
_REFERENCE = Fields({"group": TEXT, "kind": TEXT, "name": TEXT, "namespace": TEXT})
_ROUTE = Fields(
    {
        "spec": Fields(
            {
                "parentRefs": ListOf(_REFERENCE),
                "rules": ListOf(Fields({"backendRefs": ListOf(_REFERENCE)})),
            }
        )
    }
)
_DESTINATIONS = ListOf(Fields({"route": ListOf(Fields({"destination": Fields({"host": TEXT})}))}))
_VIRTUAL_SERVICE = Fields(
    {
        "spec": Fields(
            {"gateways": TEXTS, "http": _DESTINATIONS, "tls": _DESTINATIONS, "tcp": _DESTINATIONS},
        )
    }
)
_OPENSHIFT = Fields({"spec": Fields({"to": _REFERENCE, "alternateBackends": ListOf(_REFERENCE)})})
_SERVICES = Fields({"spec": Fields({"routes": ListOf(Fields({"services": ListOf(_REFERENCE)}))})})
_LOGIN = (
    "nginx.ingress.kubernetes.io/auth-url",
    "nginx.ingress.kubernetes.io/auth-type",
    "nginx.ingress.kubernetes.io/auth-tls-secret",
    "nginx.org/basic-auth-secret",
    "nginx.org/jwt-key",
    "haproxy.org/auth-type",
    "haproxy-ingress.github.io/auth-url",
    "alb.ingress.kubernetes.io/auth-type",
)
"""Annotations by which the controller asks who is there."""


def _ingress(resource: Resource) -> Iterator[Backend]:
    raw = conform(resource.raw, _INGRESS, (), [])
    annotations = raw.get("metadata", {}).get("annotations", {})
    login = any(annotations.get(name) not in (None, "", "none") for name in _LOGIN)
    for backend in _ingress_backends(raw.get("spec", {})):
        name = backend.get("service", {}).get("name") or backend.get("serviceName", "")
        yield Backend(resource.namespace, name, f"Ingress `{resource.name}`", login)


def _ingress_backends(spec: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield from (spec[field] for field in ("defaultBackend", "backend") if field in spec)
    for rule in spec.get("rules", ()):
        for path in rule.get("http", {}).get("paths", ()):
            yield path.get("backend", {})


def _route(resource: Resource) -> Iterator[Backend]:
    spec = conform(resource.raw, _ROUTE, (), []).get("spec", {})
    parents = [parent for parent in spec.get("parentRefs", ()) if parent.get("kind", "Gateway") != "Service"]
    if parents:  # a parent that is a Service makes it a route inside the mesh
        for rule in spec.get("rules", ()):
            yield from _references(resource, rule.get("backendRefs", ()))


def _virtual_service(resource: Resource) -> Iterator[Backend]:
    spec = conform(resource.raw, _VIRTUAL_SERVICE, (), []).get("spec", {})
    gateways = [gateway for gateway in spec.get("gateways", ()) if gateway != "mesh"]
    if not gateways:
        return
    for protocol in ("http", "tls", "tcp"):
        for match in spec.get(protocol, ()):
            for route in match.get("route", ()):
                name, _, rest = route.get("destination", {}).get("host", "").partition(".")
                namespace = rest.partition(".")[0] or resource.namespace
                yield Backend(namespace, name, f"VirtualService `{resource.name}`")


def _openshift(resource: Resource) -> Iterator[Backend]:
    spec = conform(resource.raw, _OPENSHIFT, (), []).get("spec", {})
    yield from _references(resource, (spec.get("to", {}), *spec.get("alternateBackends", ())))


def _services(resource: Resource) -> Iterator[Backend]:
    for route in conform(resource.raw, _SERVICES, (), []).get("spec", {}).get("routes", ()):
        yield from _references(resource, route.get("services", ()))


def _references(resource: Resource, references: Iterable[dict[str, Any]]) -> Iterator[Backend]:
    for reference in references:
        if reference.get("kind", "Service") == "Service":
            namespace = reference.get("namespace", resource.namespace)
            yield Backend(namespace, reference.get("name", ""), f"{resource.kind} `{resource.name}`")


BACKENDS: dict[tuple[str, str], Callable[[Resource], Iterator[Backend]]] = {
    ("networking.k8s.io", "Ingress"): _ingress,
    ("extensions", "Ingress"): _ingress,
    **{
        ("gateway.networking.k8s.io", kind): _route
        for kind in ("HTTPRoute", "GRPCRoute", "TLSRoute", "TCPRoute", "UDPRoute")
    },
    ("networking.istio.io", "VirtualService"): _virtual_service,
    ("route.openshift.io", "Route"): _openshift,
    ("traefik.io", "IngressRoute"): _services,
    ("traefik.containo.us", "IngressRoute"): _services,
    ("projectcontour.io", "HTTPProxy"): _services,
}
"""Readers by group and kind. What cannot be read raises IllTypedField."""
