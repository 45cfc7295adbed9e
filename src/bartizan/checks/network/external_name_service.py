"""Service sends its clients out of the cluster.

A Service of type `ExternalName` is an alias in the cluster's DNS: whoever calls it talks to a host outside,
past the NetworkPolicies that were written for pods. Who may write it can lead the clients of a trusted name
anywhere, to a host of their own or to an address inside the network that an Ingress controller then reaches
for them.

**Looks at** Services with `type: ExternalName`. Names that end in `.cluster.local`, `.svc` or `.internal` weigh
`info`: they stay inside, and lead past the border of a namespace.

**Instead** call the host by its own name, or publish it as a Service with EndpointSlices that name its addresses:

```yaml
spec:
  type: ClusterIP
  ports: [{port: 5432}]
```

**Misses** whether the host is yours.
"""

from collections.abc import Iterable

from bartizan.checks.check import Check, Context, Fault
from bartizan.model.resource import GroupKind, Resource
from bartizan.model.shape import TEXT, Fields, conform
from bartizan.model.user_info import bare

_SERVICE = Fields({"spec": Fields({"type": TEXT, "externalName": TEXT})})
_INSIDE = (".cluster.local", ".svc", ".internal")


def _find(resource: Resource, _context: Context) -> Iterable[Fault]:
    spec = conform(resource.raw, _SERVICE, (), []).get("spec", {})
    if spec.get("type") != "ExternalName":
        return
    host: str = spec.get("externalName", "")
    inside = host.rstrip(".").lower().endswith(_INSIDE)
    yield Fault(
        ("spec", "externalName"),
        f"leads its clients to `{bare(host)}`, past the NetworkPolicies of this namespace: call the host by its own "
        "name, or make it a ClusterIP Service with EndpointSlices",
        severity="info" if inside else None,
    )


check = Check(
    id="external-name-service",
    judges="object",
    kinds=(GroupKind("", "Service"),),
    severity="low",
    persona="strict",
    find=_find,
    references=("https://kubernetes.io/docs/concepts/services-networking/service/#externalname",),
)
