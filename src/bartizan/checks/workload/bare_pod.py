"""Pod has no controller.

Nobody makes a bare pod anew: it is gone when its node dies or is drained, and every change of it means to
delete it first. A security fix that needs a new image so meets a pod that nobody rolls out.

**Looks at** objects of kind Pod without an owner that controls it (`ownerReferences` with `controller`).
Hooks of Helm, and the kubelet's own mirrors of static pods pass.

**Instead** let a Deployment make it, or a Job if it is to run once:

```yaml
kind: Deployment
apiVersion: apps/v1
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
```

**Misses** files of static pods, which cannot have a controller: leave them out, or write an exception.
"""

from collections.abc import Iterable

from bartizan.checks.check import Check, Context, Fault
from bartizan.model.resource import GroupKind, Resource
from bartizan.model.shape import FLAG, TEXT_MAP, Fields, ListOf, conform

_POD = Fields(
    {"metadata": Fields({"annotations": TEXT_MAP, "ownerReferences": ListOf(Fields({"controller": FLAG}))})}
)
_MADE_ELSEWHERE = ("helm.sh/hook", "kubernetes.io/config.mirror")


def _find(pod: Resource, _context: Context) -> Iterable[Fault]:
    metadata = conform(pod.raw, _POD, (), []).get("metadata", {})
    controlled = any(owner.get("controller") for owner in metadata.get("ownerReferences", ()))
    annotations = metadata.get("annotations", {})
    if not controlled and not any(name in annotations for name in _MADE_ELSEWHERE):
        yield Fault(
            ("kind",),
            "nobody makes this pod anew when its node dies: write a Deployment, or a Job if it is to run once",
        )


check = Check(
    id="bare-pod",
    judges="object",
    kinds=(GroupKind("", "Pod"),),
    severity="low",
    persona="audit",
    find=_find,
    references=(
        "https://kubernetes.io/docs/concepts/workloads/pods/#working-with-pods",
        "https://kubernetes.io/docs/concepts/configuration/overview/#naked-pods-vs-replicasets-deployments-and-jobs",
    ),
)
