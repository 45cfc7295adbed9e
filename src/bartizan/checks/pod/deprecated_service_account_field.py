"""ServiceAccount is named by the deprecated field.

`serviceAccount` is the older name of `serviceAccountName`. Where both are written and differ, the newer one counts:
whoever reads the older one believes that the pod runs under another account, with other rights.

**Looks at** `serviceAccount` of the pod. It passes beside an equal `serviceAccountName`, which is what the API
server itself writes. Where the two differ the finding weighs `medium`.

**Instead**

```yaml
spec:
  serviceAccountName: web
```

**Misses** nothing of the two fields; whether the account exists is not looked at.
"""

from collections.abc import Iterable

from bartizan.checks.check import Check, Context, Fault
from bartizan.model.finding import Op
from bartizan.model.workload import PodView


def _find(pod: PodView, _context: Context) -> Iterable[Fault]:
    old: str = pod.spec.get("serviceAccount", "")
    new: str = pod.spec.get("serviceAccountName", "")
    return () if not old or old == new else (_fault(pod, old, new),)


def _fault(pod: PodView, old: str, new: str) -> Fault:
    path = (*pod.spec_path, "serviceAccount")
    if new:
        return Fault(
            path,
            f"`serviceAccount: {old}` is not what the pod runs as: `serviceAccountName: {new}` counts. "
            "Remove `serviceAccount`, or correct the other",
            severity="medium",
        )
    return Fault(
        path,
        f"`serviceAccount` is deprecated: write `serviceAccountName: {old}`",
        fix=(Op("set", (*pod.spec_path, "serviceAccountName"), old), Op("remove", path)),
    )


check = Check(
    id="deprecated-service-account-field",
    judges="pod",
    severity="info",
    persona="audit",
    find=_find,
    references=("https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/",),
)
