"""Pod's users are the node's users.

Unless a pod asks for a user namespace, user 0 in its containers is user 0 of the node. A fault in the runtime or
the kernel, or one mounted path too many, then makes root in a container root on the node. In a user namespace the
pod's users are numbers that own nothing.

**Looks at** `hostUsers` of the pod; only `false` passes. From Kubernetes 1.33 on, where it works without a feature
gate. Pods with `os.name: windows` are left out.

**Instead**

```yaml
spec:
  hostUsers: false
```

It needs a Linux kernel from 6.3 on and a recent container runtime. There is no automatic fix, since the nodes and
the file systems of the volumes must know it too. A pod that shares the node's network, processes or IPC cannot have
it: the API server refuses the two together.

**Misses** whether the program runs as root at all: see `root-allowed`.
"""

from collections.abc import Iterable

from bartizan.checks.check import Check, Context, Fault
from bartizan.model.workload import PodView

_SHARED = ("hostNetwork", "hostPID", "hostIPC")


def _find(pod: PodView, _context: Context) -> Iterable[Fault]:
    spec = pod.spec
    if spec.get("hostUsers") is False or pod.windows:
        return ()
    shared = " and ".join(f"`{field}`" for field in _SHARED if spec.get(field))
    advice = f"remove {shared} first, then set" if shared else "set"
    fault = Fault(
        (*pod.spec_path, "hostUsers"),
        f"root in this pod is root of the node: {advice} `hostUsers: false` where the nodes support user namespaces",
    )
    return (fault,)


check = Check(
    id="host-user-namespace",
    judges="pod",
    severity="info",
    persona="audit",
    rules=((33, _find),),
    references=("https://kubernetes.io/docs/concepts/workloads/pods/user-namespaces/",),
)
