"""CronJob may run twice at a time.

A run that takes longer than usual meets the next one. Two runs on the same data corrupt it or wait for each
other, and a hanging one piles up pods until the namespace is full. This is about reliability (persona
`audit`).

**Looks at** `concurrencyPolicy` of CronJobs: `Allow`, which is the default.

**Instead** leave out the next run, or replace the old one:

```yaml
spec:
  concurrencyPolicy: Forbid
```

**Misses** runs that overlap because somebody starts one by hand. A job that is made to run beside itself
deserves an exception.
"""

from collections.abc import Iterable

from bartizan.checks.check import Check, Context, Fault
from bartizan.model.resource import GroupKind, Resource
from bartizan.model.shape import TEXT, Fields, conform

_CRON_JOB = Fields({"spec": Fields({"concurrencyPolicy": TEXT})})


def _find(job: Resource, _context: Context) -> Iterable[Fault]:
    policy = conform(job.raw, _CRON_JOB, (), []).get("spec", {}).get("concurrencyPolicy") or "Allow"
    if policy not in ("Forbid", "Replace"):
        yield Fault(
            ("spec", "concurrencyPolicy"),
            "may start while its last run still works: set `spec.concurrencyPolicy` to `Forbid` or `Replace`",
        )


check = Check(
    id="cron-job-may-overlap",
    judges="object",
    kinds=(GroupKind("batch", "CronJob"),),
    severity="info",
    persona="audit",
    find=_find,
    references=("https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#concurrency-policy",),
)
