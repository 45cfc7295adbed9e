"""Pod's containers see each other's processes.

With one process namespace, whoever takes over one container lists the processes of the others, reads their
environment and, as the same user, their memory and files through `/proc`. A sidecar's weakness becomes the
application's.

**Looks at** `shareProcessNamespace` of pods in which at least two containers run side by side (regular,
sidecar, ephemeral). Absent means false.

**Instead** leave the field out, and let containers talk through a port or a shared volume:

```yaml
spec:
  shareProcessNamespace: false
```

There is no automatic fix: who set it mostly sends signals to a neighbour, and must replace that first.

**Misses** an ephemeral container that is started later with a target container: it joins that one's
processes without this field.
"""

from collections.abc import Iterable

from bartizan.checks.check import Check, Context, Fault
from bartizan.model.workload import PodView


def _find(pod: PodView, _context: Context) -> Iterable[Fault]:
    if not pod.spec.get("shareProcessNamespace"):
        return
    names = [f"`{container.name}`" for container in pod.containers if container.role != "init"]
    if len(names) > 1:
        yield Fault(
            (*pod.spec_path, "shareProcessNamespace"),
            f"containers {', '.join(names)} see each other's processes, environment and files: remove "
            "`shareProcessNamespace`, or write down in an exception why one must see the other",
        )


check = Check(
    id="shared-process-namespace",
    judges="pod",
    severity="medium",
    find=_find,
    references=("https://kubernetes.io/docs/tasks/configure-pod-container/share-process-namespace/",),
)
