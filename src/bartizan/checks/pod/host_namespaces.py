"""Pod shares the node's namespaces.

With `hostNetwork` the program listens on and talks from the node itself: no NetworkPolicy holds it, it
reaches services that listen on the node's loopback, and the cloud's metadata service takes it for the node.
With `hostPID` it sees every process of the node and, as root, their memory and environment. With `hostIPC` it
reaches the shared memory of the node's processes.

**Looks at** `hostNetwork`, `hostPID` and `hostIPC` of the pod; absent means false. Each is a finding of its
own.

**Instead** leave the three out, and expose the program by a Service:

```yaml
spec:
  hostNetwork: false
```

Node agents (network plug-ins, node exporters) do need one of them: give each its own namespace and an
exception.

**Misses** pods that reach the node by other ways, such as `hostPath` volumes or host ports.
"""

from collections.abc import Iterable

from bartizan.checks.check import Check, Context, Fault, Native, NativeRule
from bartizan.model.finding import Op
from bartizan.model.resource import GroupKind
from bartizan.model.workload import PodView

_SHARED = {"hostNetwork": "network", "hostPID": "processes", "hostIPC": "shared memory"}


def _find(pod: PodView, _context: Context) -> Iterable[Fault]:
    for field, thing in _SHARED.items():
        if pod.spec.get(field):
            path = (*pod.spec_path, field)
            yield Fault(
                path,
                f"the pod shares the node's {thing}: remove `{field}` or set it to `false`",
                # Without the node's network the pod has ports, DNS and policies of its own: nothing to set blindly.
                fix=None if field == "hostNetwork" else (Op("set", path, value=False),),
            )


check = Check(
    id="host-namespaces",
    judges="pod",
    severity="high",
    find=_find,
    level="baseline",
    standard="hostNamespaces",
    native=Native(
        kinds=(GroupKind("", "Pod"),),
        rules=tuple(
            NativeRule(f"!object.spec.?{field}.orValue(false)", f"{field} must not be true") for field in _SHARED
        ),
    ),
    references=("https://kubernetes.io/docs/concepts/security/pod-security-standards/",),
)
