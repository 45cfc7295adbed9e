"""Route sends requests to a Service that is not there.

The gateway answers such requests with an error. Whoever may make a Service of that name in the namespace
gets them, under the public name that the route stands for.

**Looks at** `backendRefs` of HTTPRoutes, GRPCRoutes, TLSRoutes, TCPRoutes and UDPRoutes and the mirrors in
their filters, and the Services of the named namespace among the scanned objects: the Service must be there
and have the port. Where no Service of that namespace was scanned it passes, unless the parameter `complete`
says that everything was. Backends of other kinds pass.

**Instead** name a Service that exists, and one of its ports:

```yaml
rules:
  - backendRefs:
      - {name: web, port: 80}
```

**Misses** Services that something else makes, and a ReferenceGrant that is missing for a Service of another
namespace. An object whose namespace is not written may stand in any.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from bartizan.checks.check import Check, Context, Fault
from bartizan.checks.reference._named import Params
from bartizan.checks.reference._service import Backend, backend_faults
from bartizan.model.path import Path
from bartizan.model.resource import GroupKind, Resource
from bartizan.model.shape import TEXT, WHOLE, Fields, ListOf, conform

_REFERENCE = {"group": TEXT, "kind": TEXT, "name": TEXT, "namespace": TEXT, "port": WHOLE}
_FILTERS = ListOf(Fields({"requestMirror": Fields({"backendRef": Fields(_REFERENCE)})}))
_RULE = Fields({"backendRefs": ListOf(Fields({**_REFERENCE, "filters": _FILTERS})), "filters": _FILTERS})
_ROUTE = Fields({"spec": Fields({"rules": ListOf(_RULE)})})


def _find(route: Resource, context: Context) -> Iterable[Fault]:
    spec = conform(route.raw, _ROUTE, (), []).get("spec", {})
    for path, reference in _references(spec):
        if reference.get("group", "") == "" and reference.get("kind", "Service") == "Service":
            backend = Backend(
                reference.get("namespace", route.namespace),
                reference.get("name", ""),
                (*path, "name"),
                reference.get("port"),
                (*path, "port"),
            )
            yield from backend_faults(backend, context)


def _references(spec: dict[str, Any]) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Every backend with its place."""
    for index, rule in enumerate(spec.get("rules", ())):
        path: Path = ("spec", "rules", index)
        yield from _mirrors(path, rule)
        for place, reference in enumerate(rule.get("backendRefs", ())):
            inside: Path = (*path, "backendRefs", place)
            yield inside, reference
            yield from _mirrors(inside, reference)


def _mirrors(path: Path, holder: dict[str, Any]) -> Iterator[tuple[Path, dict[str, Any]]]:
    for index, item in enumerate(holder.get("filters", ())):
        mirror = item.get("requestMirror", {})
        if "backendRef" in mirror:
            yield (*path, "filters", index, "requestMirror", "backendRef"), mirror["backendRef"]


check = Check(
    id="dangling-route",
    judges="object",
    kinds=tuple(
        GroupKind("gateway.networking.k8s.io", kind)
        for kind in ("GRPCRoute", "HTTPRoute", "TCPRoute", "TLSRoute", "UDPRoute")
    ),
    severity="low",
    confidence="medium",
    persona="audit",
    find=_find,
    needs=("inventory",),
    params=Params,
    references=("https://gateway-api.sigs.k8s.io/api-types/httproute/",),
)
