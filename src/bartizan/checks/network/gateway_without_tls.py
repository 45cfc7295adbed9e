"""Gateway serves plain HTTP.

Without TLS everyone on the way reads and changes what passes: passwords, sessions, pages. A browser cannot
tell whether it talks to you at all.

**Looks at** listeners of Gateways of the Gateway API with `protocol: HTTP`. One passes where every HTTPRoute
and GRPCRoute on it, among the scanned objects, redirects all requests to HTTPS, and there is one. It also
looks at `servers` of Istio's Gateways with the protocol HTTP, HTTP2 or GRPC: `tls.httpsRedirect` must be
true, or `tls` must say how it encrypts. Istio's gateways for traffic that leaves the cluster (`egress` in
their selector) are left alone.

**Instead** end TLS at the listener, and redirect where HTTP must stay open:

```yaml
listeners:
  - name: https
    port: 443
    protocol: HTTPS
    tls:
      certificateRefs: [{name: www-shop-example}]
```

**Misses** a proxy in front that ends TLS; whether the certificate exists and is valid. Routes that are
applied from elsewhere are not seen, and the finding then asks for a redirect that exists.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from bartizan.checks.check import CannotTell, Check, Context, Fault
from bartizan.model.resource import GroupKind, Resource
from bartizan.model.review import Lookups
from bartizan.model.shape import FLAG, TEXT, TEXT_MAP, WHOLE, Fields, IllTypedField, ListOf, conform

_GROUP = "gateway.networking.k8s.io"
_LISTENERS = Fields(
    {"spec": Fields({"listeners": ListOf(Fields({"name": TEXT, "port": WHOLE, "protocol": TEXT}))})}
)
_FILTER = Fields({"type": TEXT, "requestRedirect": Fields({"scheme": TEXT})})
_ROUTE = Fields(
    {
        "spec": Fields(
            {
                "parentRefs": ListOf(
                    Fields({"kind": TEXT, "name": TEXT, "namespace": TEXT, "sectionName": TEXT, "port": WHOLE})
                ),
                "rules": ListOf(Fields({"filters": ListOf(_FILTER)})),
            }
        )
    }
)
_SERVERS = Fields(
    {
        "spec": Fields(
            {
                "selector": TEXT_MAP,
                "servers": ListOf(
                    Fields(
                        {
                            "port": Fields({"number": WHOLE, "protocol": TEXT}),
                            "tls": Fields({"httpsRedirect": FLAG, "mode": TEXT}),
                        }
                    )
                ),
            }
        )
    }
)
_PLAIN = frozenset({"HTTP", "HTTP2", "GRPC", "GRPC-WEB"})


class _Route(msgspec.Struct, frozen=True):
    """A route on a Gateway."""

    name: str
    listener: str
    """The only listener that it is on; empty for all."""
    port: int
    """The only port that it is on; 0 for all."""
    redirects: bool
    """Whether it answers every request with the way to HTTPS."""


class _Routes(msgspec.Struct, frozen=True, eq=False):
    """The scanned routes by the namespace and name of their Gateway."""

    by_gateway: dict[tuple[str, str], list[_Route]]
    broken: str
    """Why some route cannot be read."""


def _routes(lookups: Lookups) -> _Routes:
    found: defaultdict[tuple[str, str], list[_Route]] = defaultdict(list)
    broken = ""
    for kind in ("HTTPRoute", "GRPCRoute"):
        for resource in lookups.objects(_GROUP, kind):
            try:
                for gateway, route in _parents(resource):
                    found[gateway].append(route)
            except IllTypedField as error:
                broken = broken or f"{kind} `{resource.name}` cannot be read: {error}"
    return _Routes(found, broken)


def _parents(resource: Resource) -> Iterator[tuple[tuple[str, str], _Route]]:
    spec = conform(resource.raw, _ROUTE, (), []).get("spec", {})
    rules = spec.get("rules", ())
    redirects = bool(rules) and all(_redirects(rule) for rule in rules)
    for parent in spec.get("parentRefs", ()):
        if parent.get("kind", "Gateway") == "Gateway":
            gateway = parent.get("namespace", resource.namespace), parent.get("name", "")
            yield (
                gateway,
                _Route(resource.name, parent.get("sectionName", ""), parent.get("port", 0), redirects),
            )


def _redirects(rule: dict[str, Any]) -> bool:
    return any(
        item.get("type") == "RequestRedirect" and item.get("requestRedirect", {}).get("scheme") == "https"
        for item in rule.get("filters", ())
    )


def _find(gateway: Resource, context: Context) -> Iterable[Fault]:
    return _listeners(gateway, context) if gateway.group == _GROUP else _servers(gateway)


def _listeners(gateway: Resource, context: Context) -> Iterable[Fault]:
    for index, listener in enumerate(
        conform(gateway.raw, _LISTENERS, (), []).get("spec", {}).get("listeners", ())
    ):
        if listener.get("protocol") == "HTTP":
            served = _served(gateway, listener, context)
            if served is not None:
                yield _fault(("spec", "listeners", index, "protocol"), listener.get("name", str(index)), served)


def _served(gateway: Resource, listener: dict[str, Any], context: Context) -> tuple[str, ...] | None:
    """The routes that serve pages over this listener; None where all of them redirect."""
    routes = context.lookups.derive(_routes)
    here = [
        route
        for route in routes.by_gateway.get((gateway.namespace, gateway.name), ())
        if route.listener in ("", listener.get("name")) and route.port in (0, listener.get("port"))
    ]
    serving = tuple(dict.fromkeys(f"`{route.name}`" for route in here if not route.redirects))
    if not serving and routes.broken:
        raise CannotTell(routes.broken, "lookup-failed")
    return None if here and not serving else serving


def _fault(path: tuple[str | int, ...], name: str, serving: tuple[str, ...]) -> Fault:
    if serving:
        return Fault(
            path,
            f"listener `{name}` serves plain HTTP for {', '.join(serving)}: move the routes to a listener with "
            "`protocol: HTTPS`, and redirect this one",
            confidence="high",
        )
    return Fault(
        path,
        f"listener `{name}` serves plain HTTP, and no route among the scanned objects redirects it: set "
        "`protocol: HTTPS` with `tls`, or add an HTTPRoute that redirects to `scheme: https`",
    )


def _servers(gateway: Resource) -> Iterable[Fault]:
    spec = conform(gateway.raw, _SERVERS, (), []).get("spec", {})
    if any("egress" in value for value in spec.get("selector", {}).values()):
        return
    for index, server in enumerate(spec.get("servers", ())):
        tls = server.get("tls", {})
        protocol = server.get("port", {}).get("protocol", "").upper()
        if protocol in _PLAIN and not tls.get("httpsRedirect") and not tls.get("mode"):
            yield Fault(
                ("spec", "servers", index, "port", "protocol"),
                f"serves plain {protocol}: set `tls.httpsRedirect: true` on this server, and serve the hosts by one "
                "with `protocol: HTTPS` and a certificate",
                confidence="high",
            )


check = Check(
    id="gateway-without-tls",
    judges="object",
    kinds=(GroupKind(_GROUP, "Gateway"), GroupKind("networking.istio.io", "Gateway")),
    severity="medium",
    confidence="medium",
    find=_find,
    needs=("inventory",),
    references=(
        "https://gateway-api.sigs.k8s.io/guides/tls/",
        "https://istio.io/latest/docs/reference/config/networking/gateway/#ServerTLSSettings",
    ),
)
