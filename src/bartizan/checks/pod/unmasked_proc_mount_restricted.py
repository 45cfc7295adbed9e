"""Container unmasks /proc in its user namespace.

In its own user namespace a container with an unmasked `/proc` harms the node less, but it still sees more of
the kernel than an ordinary program needs.

**Looks at** `securityContext.procMount` of every container, whatever `hostUsers` says; absent is `Default`.
Part of the Pod Security Standards since Kubernetes 1.35, where `unmasked-proc-mount` began to allow it in
user namespaces.

**Instead**

```yaml
securityContext:
  procMount: Default
```

**Misses** nothing of the field itself.
"""

from collections.abc import Iterable

from bartizan.checks.check import Check, Context, Fault
from bartizan.checks.pod._proc_mount import unmasked
from bartizan.model.workload import Container


def _find(container: Container, _context: Context) -> Iterable[Fault]:
    return unmasked(container)


check = Check(
    id="unmasked-proc-mount-restricted",
    judges="container",
    severity="low",
    persona="strict",
    rules=((35, _find),),
    level="restricted",
    standard="procMount_restricted",
    overrides=("unmasked-proc-mount",),
    references=(
        "https://kubernetes.io/docs/concepts/security/pod-security-standards/",
        "https://kubernetes.io/docs/concepts/workloads/pods/user-namespaces/",
    ),
)
