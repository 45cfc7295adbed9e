"""Seccomp is switched off.

Seccomp keeps a container from about fifty system calls that ordinary programs never make, and that many ways
out of a container need. `Unconfined` opens them all.

**Looks at** `securityContext.seccompProfile.type` of the pod and of every container (allowed:
`RuntimeDefault`, `Localhost`, absent). Before Kubernetes 1.19, at the annotations
`seccomp.security.alpha.kubernetes.io/pod` and `container.seccomp.security.alpha.kubernetes.io/…` (allowed:
`runtime/default`, `docker/default`, `localhost/…`, absent).

**Instead**

```yaml
spec:
  securityContext:
    seccompProfile:
      type: RuntimeDefault
```

A program that needs one call more gets a profile of its own, by `type: Localhost`.

**Misses** what a `Localhost` profile allows, and pods that name no profile: `missing-seccomp-profile` looks
at those.
"""

from collections.abc import Iterable, Iterator

from bartizan.checks.check import Check, Context, Fault
from bartizan.checks.pod._seccomp_profile import unconfined
from bartizan.model.finding import Op
from bartizan.model.workload import PodView

_POD_ANNOTATION = "seccomp.security.alpha.kubernetes.io/pod"
_CONTAINER_ANNOTATION = "container.seccomp.security.alpha.kubernetes.io/"


def _find_in_annotations(pod: PodView, _context: Context) -> Iterable[Fault]:
    annotations = pod.metadata.get("annotations", {})
    for key in _annotations(pod):
        if key in annotations and not _allowed(annotations[key]):
            path = (*pod.path, "metadata", "annotations", key)
            yield Fault(
                path,
                f"the annotation `{key}` sets the seccomp profile `{annotations[key]}`: "
                "set `runtime/default` or a `localhost/` profile",
                fix=(Op("set", path, "runtime/default"),),
            )


def _annotations(pod: PodView) -> Iterator[str]:
    yield _POD_ANNOTATION
    for name in dict.fromkeys(container.name for container in pod.containers):
        yield _CONTAINER_ANNOTATION + name


def _allowed(value: str) -> bool:
    return value in ("runtime/default", "docker/default") or value.startswith("localhost/")


def _find_19(pod: PodView, _context: Context) -> Iterable[Fault]:
    return unconfined(pod)


check = Check(
    id="unconfined-seccomp",
    judges="pod",
    severity="medium",
    rules=((0, _find_in_annotations), (19, _find_19)),
    level="baseline",
    standard="seccompProfile_baseline",
    references=(
        "https://kubernetes.io/docs/concepts/security/pod-security-standards/",
        "https://kubernetes.io/docs/tutorials/security/seccomp/",
    ),
)
