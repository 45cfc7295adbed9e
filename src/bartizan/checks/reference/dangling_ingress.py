"""Ingress sends requests to a Service that is not there.

Its address is public, and answers with an error. Whoever may make a Service of that name in the namespace
gets the requests of the public address, with the certificate that belongs to it.

**Looks at** the backends of Ingresses, and the Services of their namespace among the scanned objects: the
Service must be there and have the port, by name or number. Where no Service of the namespace was scanned it
passes, unless the parameter `complete` says that everything was. A port called `use-annotation` stands for
what an annotation of the AWS controller says, and passes.

**Instead** name a Service that exists, and one of its ports:

```yaml
backend:
  service:
    name: web
    port: {name: http}
```

**Misses** Services that something else makes, and backends other than Services. An object whose namespace is not
written may stand in any.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from bartizan.checks.check import Check, Context, Fault
from bartizan.checks.reference._named import Params
from bartizan.checks.reference._service import Backend, backend_faults
from bartizan.model.path import Path
from bartizan.model.resource import GroupKind, Resource
from bartizan.model.shape import TEXT, WHOLE, WHOLE_OR_TEXT, Fields, ListOf, conform

_BACKEND = Fields(
    {
        "service": Fields({"name": TEXT, "port": Fields({"name": TEXT, "number": WHOLE})}),
        "serviceName": TEXT,
        "servicePort": WHOLE_OR_TEXT,
    }
)
_PATHS = Fields({"paths": ListOf(Fields({"backend": _BACKEND}))})
_INGRESS = Fields(
    {
        "spec": Fields(
            {"backend": _BACKEND, "defaultBackend": _BACKEND, "rules": ListOf(Fields({"http": _PATHS}))},
        )
    }
)
_BY_ANNOTATION = "use-annotation"


def _find(ingress: Resource, context: Context) -> Iterable[Fault]:
    spec = conform(ingress.raw, _INGRESS, (), []).get("spec", {})
    for path, written in _written(spec):
        backend = _backend(ingress.namespace, path, written)
        if backend.port != _BY_ANNOTATION:
            yield from backend_faults(backend, context)


def _written(spec: dict[str, Any]) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Every backend with its place."""
    for field in ("defaultBackend", "backend"):
        if field in spec:
            yield ("spec", field), spec[field]
    for index, rule in enumerate(spec.get("rules", ())):
        for place, item in enumerate(rule.get("http", {}).get("paths", ())):
            yield ("spec", "rules", index, "http", "paths", place, "backend"), item.get("backend", {})


def _backend(namespace: str, path: Path, written: dict[str, Any]) -> Backend:
    if "service" not in written:  # as before networking.k8s.io/v1, or no Service at all
        name, port = written.get("serviceName", ""), written.get("servicePort")
        return Backend(namespace, name, (*path, "serviceName"), port, (*path, "servicePort"))
    service = written["service"]
    port = service.get("port", {})
    field = "name" if "name" in port else "number"
    path = (*path, "service")
    return Backend(namespace, service.get("name", ""), (*path, "name"), port.get(field), (*path, "port", field))


check = Check(
    id="dangling-ingress",
    judges="object",
    kinds=(GroupKind("networking.k8s.io", "Ingress"), GroupKind("extensions", "Ingress")),
    severity="low",
    confidence="medium",
    persona="audit",
    find=_find,
    needs=("inventory",),
    params=Params,
    references=("https://kubernetes.io/docs/concepts/services-networking/ingress/",),
)
