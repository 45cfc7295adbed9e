"""Pod has no priority.

When nodes are full, the scheduler stops pods of low priority for those of a higher one, and the kubelet
evicts by it as well. Where nobody has written a priority, chance decides between the shop and a report.
This is about reliability (persona `audit`).

**Looks at** `priorityClassName` of every pod; absent or empty means the cluster's default, mostly 0.

**Instead** name one of the cluster's PriorityClasses:

```yaml
spec:
  priorityClassName: business-critical
```

**Misses** whether the class exists and fits. A PriorityClass with `globalDefault` is not looked for: its
value is the one of everybody who has not thought of it.
"""

from collections.abc import Iterable

from bartizan.checks.check import Check, Context, Fault
from bartizan.model.workload import PodView


def _find(pod: PodView, _context: Context) -> Iterable[Fault]:
    if not pod.spec.get("priorityClassName"):
        yield Fault(
            (*pod.spec_path, "priorityClassName"),
            "has no priority, so a full node may stop it for anything: set `priorityClassName` to a class that "
            "says how much it matters",
        )


check = Check(
    id="missing-priority-class",
    judges="pod",
    severity="info",
    persona="audit",
    find=_find,
    references=("https://kubernetes.io/docs/concepts/scheduling-eviction/pod-priority-preemption/",),
)
