"""Container may fill the node's disk.

Logs, the container's writable layer and `emptyDir` volumes lie on the node's own disk. When it is full, the
kubelet evicts pods and pulls no image: one program, or whoever makes it write, takes down the others.

**Looks at** `resources.limits.ephemeral-storage` of init, sidecar and regular containers. A limit of `0`
means none. Ephemeral containers cannot have limits.

**Instead**

```yaml
resources:
  limits: {ephemeral-storage: 1Gi}
```

**Misses** whether the limit is sensible. A LimitRange that fills one in is not seen: the finding then asks for
what the cluster already does.
"""

from collections.abc import Iterable

from bartizan.checks.check import Check, Context, Fault
from bartizan.checks.pod._resources import missing_limit
from bartizan.model.workload import Container

_WHY = "so it may fill the node's disk: set `resources.limits.ephemeral-storage` to what it writes, logs included"


def _find(container: Container, context: Context) -> Iterable[Fault]:
    return missing_limit(container, context, "ephemeral-storage", _WHY)


check = Check(
    id="missing-ephemeral-storage-limit",
    judges="container",
    severity="low",
    persona="audit",
    find=_find,
    overrides=("missing-memory-limit",),
    references=("https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/",),
)
