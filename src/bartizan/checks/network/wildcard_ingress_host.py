"""Ingress or route answers for any host.

A rule without a host takes the requests for every name that nobody else claims, also for names that nobody
meant to serve here. A page is then reachable by its bare address, which scanners try first. A name with a
wildcard takes over whatever subdomain is made next.

**Looks at** `host` in the rules of an Ingress, and at its `defaultBackend`; at `hostnames` of HTTPRoutes,
GRPCRoutes and TLSRoutes of the Gateway API. No host, an empty one or `*` weighs `medium`, a wildcard such as
`*.shop.example` weighs `low`. A route without `hostnames` passes where each listener that it names, by Gateway
and `sectionName`, has a `hostname` without a wildcard among the scanned objects.

**Instead** name the host:

```yaml
spec:
  rules:
    - host: www.shop.example
      http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}
```

**Misses** names that point here without an Ingress or a route; annotations that add host names. A Gateway that
is applied from elsewhere is not seen, and the finding then asks for a name that its listener may have.
"""

from collections.abc import Iterable
from typing import Any

from bartizan.checks.check import CannotTell, Check, Context, Fault
from bartizan.model.finding import Confidence
from bartizan.model.path import Path
from bartizan.model.resource import GroupKind, Resource
from bartizan.model.shape import ANY, TEXT, TEXTS, Fields, IllTypedField, ListOf, conform
from bartizan.model.unknown import Unknown

_GROUP = "gateway.networking.k8s.io"
_INGRESS = Fields(
    {"spec": Fields({"rules": ListOf(Fields({"host": TEXT})), "defaultBackend": ANY, "backend": ANY})}
)
_PARENTS = ListOf(Fields({"kind": TEXT, "name": TEXT, "namespace": TEXT, "sectionName": TEXT}))
_ROUTE = Fields({"spec": Fields({"hostnames": TEXTS, "parentRefs": _PARENTS})})
_GATEWAY = Fields({"spec": Fields({"listeners": ListOf(Fields({"name": TEXT, "hostname": TEXT}))})})


def _find(resource: Resource, context: Context) -> Iterable[Fault]:
    return _route(resource, context) if resource.group == _GROUP else _ingress(resource)


def _ingress(resource: Resource) -> Iterable[Fault]:
    spec = conform(resource.raw, _INGRESS, (), []).get("spec", {})
    for index, rule in enumerate(spec.get("rules", ())):
        yield from _host(("spec", "rules", index, "host"), rule.get("host", ""))
    for field in ("defaultBackend", "backend"):
        if spec.get(field):
            yield Fault(
                ("spec", field),
                f"`{field}` answers for every host that no rule names: serve named hosts by `rules`, and leave the "
                "rest to the controller's own page",
            )


def _host(path: Path, host: str) -> Iterable[Fault]:
    if host in ("", "*"):
        yield Fault(path, "answers for every host that nobody else names: write the name that you serve")
    elif host.startswith("*."):
        yield Fault(
            path,
            f"answers for every name under `{host[2:]}`: name each host, so that a new one is a decision",
            severity="low",
        )


def _route(route: Resource, context: Context) -> Iterable[Fault]:
    spec = conform(route.raw, _ROUTE, (), []).get("spec", {})
    for index, host in enumerate(spec.get("hostnames", ())):
        yield from _host(("spec", "hostnames", index), host)
    if not spec.get("hostnames"):
        parents = [parent for parent in spec.get("parentRefs", ()) if parent.get("kind", "Gateway") == "Gateway"]
        doubts = [doubt for parent in parents if (doubt := _unnamed(route, parent, context)) is not None]
        if doubts:
            yield Fault(
                ("spec", "hostnames"),
                "answers for every host that its Gateway takes: list the names that you serve in `hostnames`",
                confidence="high" if "high" in doubts else "medium",
            )


def _unnamed(route: Resource, parent: dict[str, Any], context: Context) -> Confidence | None:
    """How sure it is that a listener of the Gateway takes any host; None where each names its own."""
    name, section = parent.get("name", ""), parent.get("sectionName")
    gateway = context.lookups.find(_GROUP, "Gateway", parent.get("namespace", route.namespace), name)
    if isinstance(gateway, Unknown):
        if gateway.code == "lookup-failed":
            raise CannotTell(gateway.message, "lookup-failed")
        return "medium"
    try:
        listeners = conform(gateway.raw, _GATEWAY, (), []).get("spec", {}).get("listeners", ())
        hosts = [item.get("hostname", "") for item in listeners if section in (None, item.get("name"))]
    except IllTypedField as error:
        raise CannotTell(f"Gateway `{name}` cannot be read: {error}", "lookup-failed") from error
    if not hosts:
        return "medium"
    return "high" if any("*" in host or not host for host in hosts) else None


check = Check(
    id="wildcard-ingress-host",
    judges="object",
    kinds=(
        GroupKind("networking.k8s.io", "Ingress"),
        GroupKind("extensions", "Ingress"),
        GroupKind(_GROUP, "HTTPRoute"),
        GroupKind(_GROUP, "GRPCRoute"),
        GroupKind(_GROUP, "TLSRoute"),
    ),
    severity="medium",
    persona="strict",
    find=_find,
    needs=("inventory",),
    references=(
        "https://kubernetes.io/docs/concepts/services-networking/ingress/#hostname-wildcards",
        "https://gateway-api.sigs.k8s.io/api-types/httproute/#hostnames",
    ),
)
