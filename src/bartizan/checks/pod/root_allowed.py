"""Container may run as root.

Nothing keeps the container's program from running as root: whatever user the image names is taken, and most
name none. Root in the container is root to the kernel; with one fault in the runtime, or one mounted path too
many, it is root on the node.

**Looks at** `securityContext.runAsNonRoot` of the pod and of every container. A container without it takes
the pod's; `false` is reported wherever it stands. From Kubernetes 1.35 on, a pod in its own user namespace
(`hostUsers: false`) passes: its root is nobody on the node.

**Instead** say it once for the pod; the kubelet then refuses to start an image that would run as root:

```yaml
spec:
  securityContext:
    runAsNonRoot: true
```

If the image names its user by name and not by number, add `runAsUser` with the number.

**Misses** what user the image names, and `runAsUser` with another number than 0: by the Pod Security
Standards that alone is not enough.
"""

from collections.abc import Iterable

from bartizan.checks.check import Check, Context, Fault
from bartizan.checks.pod._host_users import in_user_namespace
from bartizan.checks.pod._security_contexts import called, context_path, listed, security_contexts
from bartizan.model.finding import Op
from bartizan.model.path import Path
from bartizan.model.workload import Container, PodView


def _find(pod: PodView, _context: Context) -> Iterable[Fault]:
    for holder, security in security_contexts(pod):
        if security.get("runAsNonRoot") is False:
            path = (*context_path(holder), "runAsNonRoot")
            reach = pod.containers if isinstance(holder, PodView) else (holder,)
            yield Fault(
                path,
                f"{called(holder)} allows root by `securityContext.runAsNonRoot: false`: set it to `true`",
                fix=_fix(pod, path, reach),
            )
    if pod.security.get("runAsNonRoot") is None:
        yield from _silent(pod)


def _silent(pod: PodView) -> Iterable[Fault]:
    """One fault for all containers that say nothing in a pod that says nothing."""
    containers = [c for c in pod.containers if c.security.get("runAsNonRoot") is None]
    if containers:
        path = (*context_path(pod), "runAsNonRoot")
        yield Fault(
            path,
            f"{listed(containers)} may run as root: "
            "set `securityContext.runAsNonRoot: true` on the pod, and use an image that runs as another user",
            fix=_fix(pod, path, containers),
            container=containers[0].name if len(containers) == 1 else "",
        )


def _fix(pod: PodView, path: Path, containers: Iterable[Container]) -> tuple[Op, ...] | None:
    """Only where no user 0 is asked for: the kubelet would not start such a container."""
    inherited = pod.security.get("runAsUser")
    if any(container.security.get("runAsUser", inherited) == 0 for container in containers):
        return None
    return (Op("set", path, value=True),)


def _find_except_user_namespaces(pod: PodView, context: Context) -> Iterable[Fault]:
    return () if in_user_namespace(pod) else _find(pod, context)


check = Check(
    id="root-allowed",
    judges="pod",
    severity="medium",
    rules=((0, _find), (35, _find_except_user_namespaces)),
    level="restricted",
    standard="runAsNonRoot",
    references=(
        "https://kubernetes.io/docs/concepts/security/pod-security-standards/",
        "https://kubernetes.io/docs/concepts/workloads/pods/user-namespaces/",
    ),
)
