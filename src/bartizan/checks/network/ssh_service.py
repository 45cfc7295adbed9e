"""Service leads to an SSH server.

An SSH server in a pod is a way in past the API server's authentication, its rights and its audit log. A Service opens
that way to the whole cluster, and one of type NodePort or LoadBalancer to whoever reaches the nodes.

**Looks at** `ports` of Services: `port` or `targetPort` 22, and 2222, which others use as well. Services of type
NodePort and LoadBalancer weigh `high`.

**Instead** remove the port. Who may look into a pod is a matter of the cluster's rights:

```sh
kubectl exec --stdin --tty web-0 -- sh
```

A forge that serves git over SSH needs it: write down an exception.

**Misses** SSH servers behind other ports. What runs in the pod is told by `ssh-server`.
"""

from collections.abc import Iterable

from bartizan.checks.check import Check, Context, Fault
from bartizan.checks.network._load_balancer import SERVICE
from bartizan.model.resource import GroupKind, Resource
from bartizan.model.shape import conform

_SSH = 22
_PORTS = (_SSH, 2222)
_OUTSIDE = ("NodePort", "LoadBalancer")


def _find(resource: Resource, _context: Context) -> Iterable[Fault]:
    spec = conform(resource.raw, SERVICE, (), []).get("spec", {})
    for index, port in enumerate(spec.get("ports", ())):
        fields = [field for field in ("port", "targetPort") if port.get(field) in _PORTS]
        if fields and port.get("protocol", "TCP") == "TCP":
            reach = spec.get("type") in _OUTSIDE
            yield Fault(
                ("spec", "ports", index, fields[-1]),
                f"the Service leads to port {port[fields[-1]]}, an SSH server's: remove the port, and use `kubectl exec`, "
                "which asks for rights and is logged",
                severity="high" if reach else None,
                confidence="medium" if any(port[field] == _SSH for field in fields) else None,
            )


check = Check(
    id="ssh-service",
    judges="object",
    kinds=(GroupKind("", "Service"),),
    severity="medium",
    confidence="low",
    persona="strict",
    find=_find,
    references=("https://kubernetes.io/docs/concepts/services-networking/service/",),
)
