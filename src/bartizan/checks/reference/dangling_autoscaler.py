"""Autoscaler scales nothing.

An autoscaler whose target is not there does nothing, and nobody notices before the next rush. Mostly the
workload was renamed. This is about reliability (persona `audit`).

**Looks at** `scaleTargetRef` of HorizontalPodAutoscalers and ScaledObjects that names a Deployment,
StatefulSet, ReplicaSet, ReplicationController, Rollout or DeploymentConfig, and those of the namespace among
the scanned objects. Where none was scanned in the namespace it passes, unless the parameter `complete` says
that everything was. Targets of other kinds pass.

**Instead** name the workload:

```yaml
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
```

**Misses** workloads that something else makes, and a wrong `apiVersion`. Objects without a written namespace
are one namespace here.
"""

from collections.abc import Iterable

from bartizan.checks.check import Check, Context, Fault
from bartizan.checks.reference._named import Named, Params
from bartizan.model.autoscaler import AUTOSCALERS, scaling
from bartizan.model.resource import GroupKind, Resource
from bartizan.model.review import Lookups

_TARGETS = (
    GroupKind("apps", "Deployment"),
    GroupKind("apps", "StatefulSet"),
    GroupKind("apps", "ReplicaSet"),
    GroupKind("extensions", "Deployment"),
    GroupKind("extensions", "ReplicaSet"),
    GroupKind("", "ReplicationController"),
    GroupKind("argoproj.io", "Rollout"),
    GroupKind("apps.openshift.io", "DeploymentConfig"),
)
_GROUPS = frozenset(kind.group for kind in _TARGETS)
_KINDS = frozenset(kind.kind for kind in _TARGETS)


def _targets(lookups: Lookups) -> Named:
    return Named(item for kind in _TARGETS for item in lookups.objects(kind.group, kind.kind))


def _find(autoscaler: Resource, context: Context) -> Iterable[Fault]:
    wanted = scaling(autoscaler)
    if wanted.group not in _GROUPS or wanted.kind not in _KINDS or not wanted.name:
        return
    scanned = context.lookups.derive(_targets)
    space = autoscaler.namespace
    found = any(item.kind == wanted.kind for item in scanned.find(space, wanted.name))
    if not found and (scanned.known(space) or context.params.complete):
        yield Fault(
            ("spec", "scaleTargetRef", "name"),
            f"no {wanted.kind} `{wanted.name}` is among the scanned objects of the namespace, so it scales nothing: "
            "name the workload that it is for",
        )


check = Check(
    id="dangling-autoscaler",
    judges="object",
    kinds=AUTOSCALERS,
    severity="low",
    confidence="medium",
    persona="audit",
    find=_find,
    needs=("inventory",),
    params=Params,
    references=("https://kubernetes.io/docs/concepts/workloads/autoscaling/horizontal-pod-autoscale/",),
)
