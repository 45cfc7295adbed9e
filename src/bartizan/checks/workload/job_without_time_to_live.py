"""Finished Job stays for ever.

A Job that is done stays with its pods until somebody deletes it. Old ones fill the cluster's store, keep the
logs and environment of long ago readable, and hide the runs that matter.

**Looks at** `ttlSecondsAfterFinished` of Jobs. A Job that another object controls passes, since a CronJob
keeps its own history short; hooks of Helm and Argo CD pass, which delete theirs.

**Instead** let it go after a day:

```yaml
spec:
  ttlSecondsAfterFinished: 86400
```

**Misses** a pipeline that deletes the Job itself.
"""

from collections.abc import Iterable

from bartizan.checks.check import Check, Context, Fault
from bartizan.model.resource import GroupKind, Resource
from bartizan.model.shape import FLAG, TEXT_MAP, WHOLE, Fields, ListOf, conform

_JOB = Fields(
    {
        "metadata": Fields({"annotations": TEXT_MAP, "ownerReferences": ListOf(Fields({"controller": FLAG}))}),
        "spec": Fields({"ttlSecondsAfterFinished": WHOLE}),
    }
)
_HOOKS = ("helm.sh/hook", "argocd.argoproj.io/hook")


def _find(job: Resource, _context: Context) -> Iterable[Fault]:
    raw = conform(job.raw, _JOB, (), [])
    if "ttlSecondsAfterFinished" in raw.get("spec", {}):
        return
    metadata = raw.get("metadata", {})
    controlled = any(owner.get("controller") for owner in metadata.get("ownerReferences", ()))
    if not controlled and not any(hook in metadata.get("annotations", {}) for hook in _HOOKS):
        yield Fault(
            ("spec", "ttlSecondsAfterFinished"),
            "stays for ever once it is done: set `spec.ttlSecondsAfterFinished`, to 86400 for a day",
        )


check = Check(
    id="job-without-time-to-live",
    judges="object",
    kinds=(GroupKind("batch", "Job"),),
    severity="info",
    persona="audit",
    find=_find,
    references=("https://kubernetes.io/docs/concepts/workloads/controllers/ttlafterfinished/",),
)
