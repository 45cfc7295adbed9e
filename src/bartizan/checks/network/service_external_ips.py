"""Service takes traffic for an address of its choice.

With `externalIPs` every node sends what goes to that address to the Service instead, whoever owns the
address. Who may write a Service can so read and answer what pods and nodes send to a bank, a registry or
the cluster's DNS (CVE-2020-8554). Kubernetes checks nothing.

**Looks at** `spec.externalIPs` of Services, whatever their type.

**Instead** remove it, and publish the Service through an Ingress, a Gateway or a load balancer:

```yaml
spec:
  type: ClusterIP
```

Where a cluster without load balancers needs it, allow the addresses by an admission policy, and name them in
an exception.

**Misses** `status.loadBalancer`, which does the same and which only few may write; whether the address is
your own; an API server that refuses the field (`DenyServiceExternalIPs`).
"""

from collections.abc import Iterable

from bartizan.checks.check import Check, Context, Fault
from bartizan.checks.network._load_balancer import SERVICE
from bartizan.model.resource import GroupKind, Resource
from bartizan.model.shape import conform


def _find(resource: Resource, _context: Context) -> Iterable[Fault]:
    if addresses := conform(resource.raw, SERVICE, (), []).get("spec", {}).get("externalIPs"):
        yield Fault(
            ("spec", "externalIPs"),
            f"takes traffic for {', '.join(addresses)} on every node, whoever owns the addresses: remove "
            "`externalIPs`, and publish the Service through an Ingress or a Gateway",
        )


check = Check(
    id="service-external-ips",
    judges="object",
    kinds=(GroupKind("", "Service"),),
    severity="high",
    find=_find,
    references=(
        "https://kubernetes.io/docs/concepts/services-networking/service/#external-ips",
        "https://nvd.nist.gov/vuln/detail/CVE-2020-8554",
    ),
)
