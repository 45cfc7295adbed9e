"""Pod has no seccomp profile.

Without a profile, Kubernetes lets a container make every system call, some of which are of use only to an
attacker who wants out. The runtime's default profile filters those, and hardly any program notices.

**Looks at** `securityContext.seccompProfile` of the pod and of every container: one of the two must have the
type `RuntimeDefault` or `Localhost`. From Kubernetes 1.25 on, pods with `os.name: windows` are left out.

**Instead** say it once for the pod:

```yaml
spec:
  securityContext:
    seccompProfile:
      type: RuntimeDefault
```

**Misses** clusters whose kubelets run with `seccompDefault: true`: there the pod is safe without the field,
but only there.
"""

from collections.abc import Iterable, Iterator

from bartizan.checks.check import Check, Context, Fault
from bartizan.checks.pod._seccomp_profile import unconfined
from bartizan.checks.pod._security_contexts import context_path, listed
from bartizan.model.finding import Op
from bartizan.model.workload import PodView


def _find(pod: PodView, _context: Context) -> Iterable[Fault]:
    yield from unconfined(pod)
    if pod.security.get("seccompProfile") is None:
        yield from _silent(pod)


def _silent(pod: PodView) -> Iterator[Fault]:
    """One fault for all containers that say nothing in a pod that says nothing."""
    containers = [c for c in pod.containers if c.security.get("seccompProfile") is None]
    if containers:
        path = (*context_path(pod), "seccompProfile")
        yield Fault(
            path,
            f"no seccomp profile for {listed(containers)}: "
            "set `securityContext.seccompProfile.type: RuntimeDefault` on the pod",
            fix=(Op("set", path, {"type": "RuntimeDefault"}),),
            container=containers[0].name if len(containers) == 1 else "",
        )


def _find_except_windows(pod: PodView, context: Context) -> Iterable[Fault]:
    return () if pod.windows else _find(pod, context)


check = Check(
    id="missing-seccomp-profile",
    judges="pod",
    severity="low",
    rules=((19, _find), (25, _find_except_windows)),
    level="restricted",
    standard="seccompProfile_restricted",
    overrides=("unconfined-seccomp",),
    references=(
        "https://kubernetes.io/docs/concepts/security/pod-security-standards/",
        "https://kubernetes.io/docs/tutorials/security/seccomp/",
    ),
)
