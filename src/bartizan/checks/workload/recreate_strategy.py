"""Update stops the old pods first, or never.

A Deployment with the strategy `Recreate` is down from the last old pod to the first new one, and stays down
if the new version does not start. A StatefulSet or DaemonSet with `OnDelete` keeps running the old version,
holes and all, until somebody deletes its pods one by one.

**Looks at** `strategy.type` of Deployments and `updateStrategy.type` of StatefulSets and DaemonSets. A
Deployment that mounts a PersistentVolumeClaim passes: two pods often cannot mount it at a time. `OnDelete`
weighs `low`, `Recreate` `info`.

**Instead** replace pods in turn, which is the default:

```yaml
spec:
  strategy:
    type: RollingUpdate
```

**Misses** a rolling update that lets all pods go at once (`maxUnavailable: 100%`).
"""

from collections.abc import Iterable

from bartizan.checks.check import Check, Context, Fault
from bartizan.model.resource import GroupKind, Resource
from bartizan.model.shape import TEXT, Fields, ListOf, conform

_STRATEGY = Fields({"type": TEXT})
_VOLUMES = ListOf(Fields({"persistentVolumeClaim": Fields({})}))
_WORKLOAD = Fields(
    {
        "spec": Fields(
            {
                "strategy": _STRATEGY,
                "updateStrategy": _STRATEGY,
                "template": Fields({"spec": Fields({"volumes": _VOLUMES})}),
            }
        )
    }
)


def _find(workload: Resource, _context: Context) -> Iterable[Fault]:
    spec = conform(workload.raw, _WORKLOAD, (), []).get("spec", {})
    if workload.kind == "Deployment":
        volumes = spec.get("template", {}).get("spec", {}).get("volumes", ())
        claims = any("persistentVolumeClaim" in volume for volume in volumes)
        if spec.get("strategy", {}).get("type") == "Recreate" and not claims:
            yield Fault(
                ("spec", "strategy", "type"),
                "is down during each update: set `strategy.type: RollingUpdate`",
                severity="info",
            )
    elif spec.get("updateStrategy", {}).get("type") == "OnDelete":
        yield Fault(
            ("spec", "updateStrategy", "type"),
            "runs the old version until somebody deletes each pod: set `updateStrategy.type: RollingUpdate`",
        )


check = Check(
    id="recreate-strategy",
    judges="object",
    kinds=(
        GroupKind("apps", "Deployment"),
        GroupKind("apps", "StatefulSet"),
        GroupKind("apps", "DaemonSet"),
        GroupKind("extensions", "Deployment"),
        GroupKind("extensions", "DaemonSet"),
    ),
    severity="low",
    persona="audit",
    find=_find,
    references=("https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#strategy",),
)
