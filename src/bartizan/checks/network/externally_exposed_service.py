"""Service is reachable from outside the cluster.

A Service of type LoadBalancer gets an address of its own, mostly on the internet; NodePort opens a port on
every node. Both pass by what an Ingress or a gateway adds: TLS, logins, limits, logs. With `externalIPs` a
Service takes traffic for an address that its owner chooses, and so can divert that of others.

**Looks at** `type` and `externalIPs` of Services. `externalIPs` weigh `high`, LoadBalancer and NodePort
`medium`. A load balancer that an annotation of its cloud keeps internal, or that `loadBalancerSourceRanges`
limits to some addresses, weighs `low`.

**Instead** keep the Service inside, and publish it through an Ingress or a Gateway:

```yaml
spec:
  type: ClusterIP
```

The one Service that is the front door (the Ingress controller's own) deserves an exception that says so.

**Misses** Ingresses, Gateways, routes, `hostPort` and tunnels; what a firewall before the nodes lets in;
annotations of clouds it does not know.
"""

from collections.abc import Iterable
from typing import Any

from bartizan.checks.check import Check, Context, Fault
from bartizan.model.pod_shape import METADATA
from bartizan.model.resource import GroupKind, Resource
from bartizan.model.shape import TEXT, TEXTS, Fields, conform

_SERVICE = Fields(
    {
        "metadata": METADATA,
        "spec": Fields({"type": TEXT, "externalIPs": TEXTS, "loadBalancerSourceRanges": TEXTS}),
    }
)
_INTERNAL = {
    "service.beta.kubernetes.io/aws-load-balancer-internal": ("true", "0.0.0.0/0"),
    "service.beta.kubernetes.io/aws-load-balancer-scheme": ("internal",),
    "networking.gke.io/load-balancer-type": ("internal",),
    "cloud.google.com/load-balancer-type": ("internal",),
    "service.beta.kubernetes.io/azure-load-balancer-internal": ("true",),
    "service.beta.kubernetes.io/openstack-internal-load-balancer": ("true",),
    "service.beta.kubernetes.io/oci-load-balancer-internal": ("true",),
    "oci-network-load-balancer.oraclecloud.com/internal": ("true",),
    "service.beta.kubernetes.io/alibaba-cloud-loadbalancer-address-type": ("intranet",),
    "service.kubernetes.io/ibm-load-balancer-cloud-provider-ip-type": ("private",),
    "service.beta.kubernetes.io/do-loadbalancer-network": ("internal",),
}
"""Annotations of the big clouds that keep a load balancer inside the own network."""
_EVERYWHERE = frozenset({"0.0.0.0/0", "::/0"})


def _find(resource: Resource, _context: Context) -> Iterable[Fault]:
    raw = conform(resource.raw, _SERVICE, (), [])
    spec = raw.get("spec", {})
    kind = spec.get("type", "ClusterIP")
    if addresses := spec.get("externalIPs"):
        yield Fault(
            ("spec", "externalIPs"),
            f"takes traffic for {', '.join(addresses)} on every node, whoever owns the addresses: remove "
            "`externalIPs`, and publish the Service through an Ingress or a Gateway",
            severity="high",
        )
    if kind == "NodePort":
        yield Fault(
            ("spec", "type"),
            "opens a port on every node: set `type: ClusterIP`, and publish the Service through an Ingress "
            "or a Gateway if it must be reached from outside",
        )
    elif kind == "LoadBalancer":
        yield _load_balancer(spec, raw.get("metadata", {}).get("annotations", {}))


def _load_balancer(spec: dict[str, Any], annotations: dict[str, str]) -> Fault:
    path = ("spec", "type")
    if _is_internal(annotations):
        return Fault(
            path,
            "has a load balancer for your whole internal network: set `type: ClusterIP` if only the cluster "
            "needs it, else limit it with `loadBalancerSourceRanges`",
            severity="low",
        )
    ranges = spec.get("loadBalancerSourceRanges", ())
    if ranges and _EVERYWHERE.isdisjoint(ranges):
        return Fault(
            path,
            "has a load balancer outside the cluster, for the addresses in `loadBalancerSourceRanges`: set "
            "`type: ClusterIP` if only the cluster needs it",
            severity="low",
        )
    return Fault(
        path,
        "has a load balancer that everybody outside may reach: set `type: ClusterIP`, or limit it with "
        "`loadBalancerSourceRanges` or your cloud's annotation for internal load balancers",
    )


def _is_internal(annotations: dict[str, str]) -> bool:
    return any(annotations.get(name, "").lower() in values for name, values in _INTERNAL.items())


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
