"""Workload is reachable from outside the cluster.

This is a fact for the inventory, not a fault: what strangers can reach is what they attack first. Its
vulnerabilities, rights and secrets weigh more than those of a program that only neighbours reach.

**Looks at** Services among the scanned objects that select the pod, and what leads to them from outside:
`type` LoadBalancer (unless an annotation of its cloud keeps it internal) or NodePort, `externalIPs`, an
Ingress, a route of the Gateway API on a Gateway, a VirtualService of Istio on a gateway, a Route of
OpenShift, an IngressRoute of Traefik, an HTTPProxy of Contour. Each workload is one finding, which names all
ways in.

**Instead** keep what needs no visitors inside, and give the rest a front door that ends TLS and asks who is
there:

```yaml
kind: Service
spec:
  type: ClusterIP
```

**Misses** `hostPort`, `hostNetwork` and tunnels, which their own checks tell; Services without a selector;
other controllers' routes; whether the controller, gateway or load balancer is reachable from the internet at
all. Services that are applied from elsewhere are not seen.
"""

from collections.abc import Iterable

from bartizan.checks.check import Check, Context, Fault
from bartizan.checks.network._entry_points import entry_points
from bartizan.model.workload import PodView


def _find(pod: PodView, context: Context) -> Iterable[Fault]:
    namespace, labels = pod.resource.namespace, dict(pod.metadata.get("labels", {}))
    points = context.lookups.derive(entry_points)
    entries = points.to(namespace, labels)
    if entries:
        ways = dict.fromkeys(f"Service `{entry.service}` by {entry.way}" for entry in entries)
        yield Fault(
            pod.spec_path,
            f"can be reached from outside the cluster through {', '.join(sorted(ways))}: if nobody outside needs "
            "it, take that away",
        )
    else:
        points.must_be_all(namespace)


check = Check(
    id="workload-exposed-to-internet",
    judges="pod",
    severity="info",
    confidence="medium",
    persona="audit",
    find=_find,
    needs=("inventory",),
    references=("https://kubernetes.io/docs/concepts/services-networking/service/",),
)
