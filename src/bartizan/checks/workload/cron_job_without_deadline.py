"""CronJob has no deadline for a late start.

After an outage the controller starts what it has missed, hours late if need be. Without a deadline it also
gives up for good once it has missed a hundred starts in a row. This is about reliability (persona `audit`).

**Looks at** `startingDeadlineSeconds` of CronJobs. Less than ten seconds is found as well: the controller
looks every ten seconds, so the job might never start.

**Instead** say how late is too late:

```yaml
spec:
  schedule: "0 3 * * *"
  startingDeadlineSeconds: 3600
```

**Misses** whether the deadline suits the schedule.
"""

from collections.abc import Iterable

from bartizan.checks.check import Check, Context, Fault
from bartizan.model.resource import GroupKind, Resource
from bartizan.model.shape import WHOLE, Fields, conform

_CRON_JOB = Fields({"spec": Fields({"startingDeadlineSeconds": WHOLE})})
_ROUND = 10
"""Seconds between two looks of the controller."""


def _find(job: Resource, _context: Context) -> Iterable[Fault]:
    deadline = conform(job.raw, _CRON_JOB, (), []).get("spec", {}).get("startingDeadlineSeconds")
    path = ("spec", "startingDeadlineSeconds")
    if deadline is None:
        yield Fault(
            path,
            "may start hours late, or never again after a long outage: set `spec.startingDeadlineSeconds` to how "
            "late it may start",
        )
    elif deadline < _ROUND:
        yield Fault(
            path,
            f"`startingDeadlineSeconds: {deadline}` is less than the {_ROUND} seconds between two looks of the "
            "controller, so it may never start: set more",
        )


check = Check(
    id="cron-job-without-deadline",
    judges="object",
    kinds=(GroupKind("batch", "CronJob"),),
    severity="info",
    persona="audit",
    find=_find,
    references=("https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#starting-deadline",),
)
