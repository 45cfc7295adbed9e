"""Container opens a port on the node.

A `hostPort` binds the node's own address: the program is reachable from wherever the node is, often past the
NetworkPolicies of the pod and past any ingress that checks who is calling. Only one such pod fits on a node.

**Looks at** `ports[*].hostPort` of every container; absent or 0 is none.

**Instead** expose the port by a Service:

```yaml
ports:
  - containerPort: 8080
```

**Misses** the ports of a pod with `hostNetwork: true`, which are all the node's: `host-namespaces` tells
that.
"""

from collections.abc import Iterable

from bartizan.checks.check import Check, Context, Fault, Native, NativeRule
from bartizan.model.resource import GroupKind
from bartizan.model.workload import Container


def _find(container: Container, _context: Context) -> Iterable[Fault]:
    for index, port in enumerate(container.raw.get("ports", ())):
        if number := port.get("hostPort"):
            yield Fault(
                (*container.path, "ports", index, "hostPort"),
                f"container `{container.name}` opens port `{number}` on the node: "
                "remove `hostPort`, and reach the container by a Service",
            )


check = Check(
    id="host-ports",
    judges="container",
    severity="medium",
    find=_find,
    level="baseline",
    standard="hostPorts",
    native=Native(
        kinds=(GroupKind("", "Pod"),),
        rules=(
            NativeRule(
                "(object.spec.containers + object.spec.?initContainers.orValue([]) "
                "+ object.spec.?ephemeralContainers.orValue([]))"
                ".all(c, c.?ports.orValue([]).all(p, p.?hostPort.orValue(0) == 0))",
                "containers must not open ports on the node",
            ),
        ),
    ),
    references=("https://kubernetes.io/docs/concepts/security/pod-security-standards/",),
)
