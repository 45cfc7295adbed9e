"""StatefulSet has no headless Service.

A StatefulSet gives each of its pods a name that lasts. The names resolve only through a headless Service that
it names; without one the pods cannot find each other. This is about reliability (persona `audit`).

**Looks at** `serviceName` of StatefulSets, and the Services of the namespace among the scanned objects: one of
that name must be there, have `clusterIP: None` and select the pods. Where no Service of the namespace was
scanned only an absent `serviceName` is found, unless the parameter `complete` says that everything was.

**Instead** add the Service and name it:

```yaml
kind: Service
apiVersion: v1
metadata: {name: database}
spec:
  clusterIP: None
  selector: {app: database}
  ports: [{port: 5432}]
```

**Misses** Services that something else makes. An object whose namespace is not written may stand in any.
"""

from collections.abc import Iterable
from typing import Any

from bartizan.checks.check import CannotTell, Check, Context, Fault
from bartizan.checks.reference._named import Params, services
from bartizan.checks.reference._service import own_selector, service_spec
from bartizan.model.resource import GroupKind, Resource
from bartizan.model.scanned_pods import written
from bartizan.model.selector import selects
from bartizan.model.shape import TEXT, TEXT_MAP, Fields, IllTypedField, conform

_TEMPLATE = Fields({"metadata": Fields({"labels": TEXT_MAP})})
_STATEFUL_SET = Fields({"spec": Fields({"serviceName": TEXT, "template": _TEMPLATE})})
_PATH = ("spec", "serviceName")


def _find(workload: Resource, context: Context) -> Iterable[Fault]:
    spec = conform(workload.raw, _STATEFUL_SET, (), []).get("spec", {})
    name = spec.get("serviceName", "")
    labels = spec.get("template", {}).get("metadata", {}).get("labels", {})
    if not name:
        yield Fault(_PATH, "names no Service, so its pods have no names: set `spec.serviceName` to a headless one")
        return
    scanned = context.lookups.derive(services)
    found = scanned.find(workload.namespace, name)
    if found:
        if not any(_fits(service, labels) for service in found):
            yield Fault(
                _PATH,
                f"Service `{name}` gives its pods no names: it needs `clusterIP: None` and a `selector` that fits "
                "them",
            )
    elif scanned.known(workload.namespace) or context.params.complete:
        yield Fault(
            _PATH,
            f"no Service `{name}` is among the scanned objects of the namespace, so its pods have no names: add a "
            "headless one",
        )


def _fits(service: Resource, labels: dict[str, Any]) -> bool:
    """Whether the Service is headless and selects pods with these labels."""
    try:
        spec = service_spec(service)
        selector = {"matchLabels": own_selector(spec)}
        return spec.get("clusterIP") == "None" and selects(written(selector), labels)
    except IllTypedField as error:
        message = f"Service `{service.name}` cannot be read: {error}"
        raise CannotTell(message, "lookup-failed") from error


check = Check(
    id="stateful-set-without-service",
    judges="object",
    kinds=(GroupKind("apps", "StatefulSet"),),
    severity="info",
    confidence="medium",
    persona="audit",
    find=_find,
    needs=("inventory",),
    params=Params,
    references=("https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#stable-network-id",),
)
