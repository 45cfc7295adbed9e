"""Container sees an unmasked /proc.

Container runtimes hide or lock the parts of `/proc` that show or change the kernel of the node. With
`procMount: Unmasked` a root process in the container may read and write them, and by some of them run a
program on the node.

**Looks at** `securityContext.procMount` of every container; absent is `Default`. From Kubernetes 1.35 on, a
pod in its own user namespace (`hostUsers: false`) may unmask: its root is nobody on the node.

**Instead**

```yaml
securityContext:
  procMount: Default
```

Programs that build containers inside a container set `hostUsers: false` beside it.

**Misses** mounts of the node's `/proc` by `hostPath`, which `host-path-volumes` looks at.
"""

from collections.abc import Iterable

from bartizan.checks.check import Check, Context, Fault
from bartizan.checks.pod._host_users import in_user_namespace
from bartizan.checks.pod._proc_mount import unmasked
from bartizan.model.workload import Container


def _find(container: Container, _context: Context) -> Iterable[Fault]:
    return unmasked(container)


def _find_except_user_namespaces(container: Container, _context: Context) -> Iterable[Fault]:
    return () if in_user_namespace(container.pod) else unmasked(container)


check = Check(
    id="unmasked-proc-mount",
    judges="container",
    severity="high",
    rules=((0, _find), (35, _find_except_user_namespaces)),
    level="baseline",
    standard="procMount",
    references=(
        "https://kubernetes.io/docs/concepts/security/pod-security-standards/",
        "https://kubernetes.io/docs/concepts/workloads/pods/user-namespaces/",
    ),
)
