"""Container is told to run as root.

`runAsUser: 0` makes the program root, even if its image would run it as somebody else. Root in the container
is root to the kernel; with one fault in the runtime, or one mounted path too many, it is root on the node.

**Looks at** `securityContext.runAsUser` of the pod and of every container. From Kubernetes 1.35 on, a pod in
its own user namespace (`hostUsers: false`) passes: its root is nobody on the node.

**Instead** name a user other than 0, or leave the field out if the image has one:

```yaml
securityContext:
  runAsUser: 10001
  runAsNonRoot: true
```

**Misses** images that run as root by themselves: `root-allowed` asks for the field that keeps them from it.
"""

from collections.abc import Iterable

from bartizan.checks.check import Check, Context, Fault
from bartizan.checks.pod._host_users import in_user_namespace
from bartizan.checks.pod._security_contexts import called, context_path, security_contexts
from bartizan.model.workload import PodView


def _find(pod: PodView, _context: Context) -> Iterable[Fault]:
    for holder, security in security_contexts(pod):
        if security.get("runAsUser") == 0:
            yield Fault(
                (*context_path(holder), "runAsUser"),
                f"{called(holder)} runs as root by `securityContext.runAsUser: 0`: "
                "set the number of another user, or remove it if the image names one",
            )


def _find_except_user_namespaces(pod: PodView, context: Context) -> Iterable[Fault]:
    return () if in_user_namespace(pod) else _find(pod, context)


check = Check(
    id="root-user",
    judges="pod",
    severity="medium",
    rules=((23, _find), (35, _find_except_user_namespaces)),
    level="restricted",
    standard="runAsUser",
    references=(
        "https://kubernetes.io/docs/concepts/security/pod-security-standards/",
        "https://kubernetes.io/docs/concepts/workloads/pods/user-namespaces/",
    ),
)
