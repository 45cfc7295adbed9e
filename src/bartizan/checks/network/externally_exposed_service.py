"""Service is reachable from outside the cluster.

A Service of type LoadBalancer gets an address of its own, mostly on the internet; NodePort opens a port on
every node. Both pass by what an Ingress or a gateway adds: TLS, logins, limits, logs.

**Looks at** `type` of Services. LoadBalancer and NodePort weigh `medium`. A load balancer that an annotation
of its cloud keeps internal, or that `loadBalancerSourceRanges` limits to some addresses, weighs `low`.

**Instead** keep the Service inside, and publish it through an Ingress or a Gateway:

```yaml
spec:
  type: ClusterIP
```

The one Service that is the front door (the Ingress controller's own) deserves an exception that says so.

**Misses** Ingresses, Gateways, routes, `hostPort` and tunnels; what a firewall before the nodes lets in;
annotations of clouds it does not know. `externalIPs` are told by `service-external-ips`.
"""

from collections.abc import Iterable
from typing import Any

from bartizan.checks.check import Check, Context, Fault
from bartizan.checks.network._load_balancer import SERVICE, is_internal, is_limited
from bartizan.model.resource import GroupKind, Resource
from bartizan.model.shape import conform

_PATH = ("spec", "type")


def _find(resource: Resource, _context: Context) -> Iterable[Fault]:
    raw = conform(resource.raw, SERVICE, (), [])
    spec = raw.get("spec", {})
    kind = spec.get("type", "ClusterIP")
    if kind == "NodePort":
        yield Fault(
            _PATH,
            "opens a port on every node: set `type: ClusterIP`, and publish the Service through an Ingress "
            "or a Gateway if it must be reached from outside",
        )
    elif kind == "LoadBalancer":
        yield _load_balancer(spec, raw.get("metadata", {}).get("annotations", {}))


def _load_balancer(spec: dict[str, Any], annotations: dict[str, str]) -> Fault:
    if is_internal(annotations):
        return Fault(
            _PATH,
            "has a load balancer for your whole internal network: set `type: ClusterIP` if only the cluster "
            "needs it, else limit it with `loadBalancerSourceRanges`",
            severity="low",
        )
    if is_limited(spec):
        return Fault(
            _PATH,
            "has a load balancer outside the cluster, for the addresses in `loadBalancerSourceRanges`: set "
            "`type: ClusterIP` if only the cluster needs it",
            severity="low",
        )
    return Fault(
        _PATH,
        "has a load balancer that everybody outside may reach: set `type: ClusterIP`, or limit it with "
        "`loadBalancerSourceRanges` or your cloud's annotation for internal load balancers",
    )


check = Check(
    id="externally-exposed-service",
    judges="object",
    kinds=(GroupKind("", "Service"),),
    severity="medium",
    find=_find,
    references=(
        "https://kubernetes.io/docs/concepts/services-networking/service/#publishing-services-service-types",
    ),
)
