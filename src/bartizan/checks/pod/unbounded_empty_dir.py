"""Temporary volume has no size limit.

An `emptyDir` without a limit grows until the node's disk is full; the kubelet then evicts pods, others among
them. One in memory grows in the node's memory, which it counts as used by the container that writes.

**Looks at** `volumes[*].emptyDir.sizeLimit` of the pod, also of volumes without any source, which the API
server makes an `emptyDir`. A limit of 0 means none. A volume on disk passes where a container of the pod has an
`ephemeral-storage` limit: the kubelet holds the whole pod to it. A volume in memory weighs more where some
container has no memory limit, which would bound it. Volumes of huge pages pass: they need a limit anyway.

**Instead** say how much the program may write:

```yaml
volumes:
  - name: cache
    emptyDir: {sizeLimit: 256Mi}
```

**Misses** limits that a LimitRange fills in, and whether the limit is sensible.
"""

from collections.abc import Iterable
from typing import Any

from bartizan.checks.check import Check, Context, Fault
from bartizan.checks.pod._quantity import is_none
from bartizan.checks.pod._resources import has_limit
from bartizan.model.finding import Severity
from bartizan.model.workload import PodView

_MEMORY = "Memory"


def _find(pod: PodView, context: Context) -> Iterable[Fault]:
    for index, volume in enumerate(pod.spec.get("volumes", ())):
        source = _empty_dir(volume)
        path = (*pod.spec_path, "volumes", index, "emptyDir", "sizeLimit")
        if source is not None and is_none(source.get("sizeLimit"), path):
            medium: str = source.get("medium", "")
            severity = _severity(pod, medium, context.minor)
            if severity is not None:
                yield _fault(path, volume.get("name", ""), medium, severity)


def _empty_dir(volume: dict[str, Any]) -> dict[str, Any] | None:
    source: dict[str, Any] | None = volume.get("emptyDir")
    return {} if source is None and volume.keys() <= {"name"} else source


def _severity(pod: PodView, medium: str, minor: int) -> Severity | None:
    """None where something else bounds it."""
    running = [c for c in pod.containers if c.role in ("regular", "sidecar")]
    if medium == _MEMORY:
        return "low" if all(has_limit(c, "memory", minor) for c in running) else "medium"
    if medium:
        return None
    return None if any(has_limit(c, "ephemeral-storage", minor) for c in running) else "low"


def _fault(path: tuple[str | int, ...], name: str, medium: str, severity: Severity) -> Fault:
    place = "memory" if medium else "disk"
    return Fault(
        path,
        f"volume `{name}` may fill the node's {place}: set `emptyDir.sizeLimit` to what the program needs",
        severity=severity,
    )


check = Check(
    id="unbounded-empty-dir",
    judges="pod",
    severity="low",
    persona="audit",
    find=_find,
    references=("https://kubernetes.io/docs/concepts/storage/volumes/#emptydir",),
)
