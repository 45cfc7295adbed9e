"""Container is a Windows host process.

A HostProcess container is a process of the Windows node: it sees the node's disks, network and services, and
may run as its SYSTEM account. Whoever takes it over has the node.

**Looks at** `securityContext.windowsOptions.hostProcess` of the pod and of every container; absent means
false.

**Instead** leave the field out, and run the program as an ordinary container:

```yaml
securityContext:
  windowsOptions:
    hostProcess: false
```

Node agents that do need it belong into a namespace of their own, with an exception.

**Misses** nothing of the field itself.
"""

from collections.abc import Iterable

from bartizan.checks.check import Check, Context, Fault
from bartizan.checks.pod._security_contexts import called, context_path, security_contexts
from bartizan.model.finding import Op
from bartizan.model.workload import PodView


def _find(pod: PodView, _context: Context) -> Iterable[Fault]:
    for holder, security in security_contexts(pod):
        if security.get("windowsOptions", {}).get("hostProcess"):
            path = (*context_path(holder), "windowsOptions", "hostProcess")
            yield Fault(
                path,
                f"{called(holder)} runs as a process of the Windows node: "
                "remove `securityContext.windowsOptions.hostProcess` or set it to `false`",
                fix=(Op("set", path, value=False),),
            )


check = Check(
    id="windows-host-process",
    judges="pod",
    severity="critical",
    find=_find,
    level="baseline",
    standard="windowsHostProcess",
    references=(
        "https://kubernetes.io/docs/concepts/security/pod-security-standards/",
        "https://kubernetes.io/docs/tasks/configure-pod-container/create-hostprocess-pod/",
    ),
)
