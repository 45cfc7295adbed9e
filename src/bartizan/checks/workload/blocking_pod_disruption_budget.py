"""Disruption budget lets no pod go.

A budget that allows no disruption blocks draining: the node cannot be emptied, its upgrade waits for
ever, and the security fix with it. In the end somebody forces it, and the budget protects nothing.

**Looks at** PodDisruptionBudgets: `maxUnavailable` of `0` or `0%`, `minAvailable` of `100%`, and a
`minAvailable` that comes to all pods that the selected Deployments, StatefulSets, ReplicaSets, Rollouts and
Pods among the scanned objects keep. Percentages are rounded up, as Kubernetes does.

**Instead** let one go at a time:

```yaml
spec:
  maxUnavailable: 1
```

**Misses** budgets of pods whose number is not known: of DaemonSets, Jobs and custom kinds, and of workloads
that are not among the scanned objects.
"""

from collections.abc import Iterable
from typing import Any

from bartizan.checks.check import Check, Context, Fault
from bartizan.checks.workload._scale import least_pods
from bartizan.model.resource import GroupKind, Resource
from bartizan.model.scanned_pods import ScannedPod, scanned_pods
from bartizan.model.selector import SELECTOR
from bartizan.model.shape import WHOLE_OR_TEXT, Fields, IllTyped, IllTypedField, conform

_BUDGET = Fields(
    {"spec": Fields({"maxUnavailable": WHOLE_OR_TEXT, "minAvailable": WHOLE_OR_TEXT, "selector": SELECTOR})}
)
_PERCENTAGES = frozenset(map(str, range(101)))
_WITH_REPLICAS = frozenset(
    {"Deployment", "StatefulSet", "ReplicaSet", "ReplicationController", "Rollout", "DeploymentConfig"}
)


def _find(budget: Resource, context: Context) -> Iterable[Fault]:
    spec = conform(budget.raw, _BUDGET, (), []).get("spec", {})
    if "maxUnavailable" in spec:
        if _amount(spec, "maxUnavailable", 100) == 0:
            yield _fault("maxUnavailable", spec)
    elif "minAvailable" in spec:
        if isinstance(spec["minAvailable"], str) and _amount(spec, "minAvailable", 100) >= 100:  # noqa: PLR2004 - per cent
            yield _fault("minAvailable", spec)
        else:
            count = _pods(budget.namespace, spec.get("selector"), context)
            if count and _amount(spec, "minAvailable", count) >= count:
                yield _fault("minAvailable", spec, f" (there are {count})" if count > 1 else " (there is one)")


def _fault(field: str, spec: dict[str, Any], why: str = "") -> Fault:
    return Fault(
        ("spec", field),
        f"`{field}: {spec[field]}` lets no pod go{why}, so its nodes cannot be drained: set `maxUnavailable: 1`"
        f"{' in its place' if field == 'minAvailable' else ''}",
    )


def _amount(spec: dict[str, Any], field: str, count: int) -> int:
    """A number, or a percentage of `count`, rounded up."""
    value = spec[field]
    if isinstance(value, int):
        return value
    digits, percent, rest = value.partition("%")
    if not (percent and not rest and digits in _PERCENTAGES):
        raise IllTypedField(IllTyped(("spec", field), "a whole number or a percentage", "another text"))
    return -(-int(digits) * count // 100)


def _pods(namespace: str, selector: dict[str, Any] | None, context: Context) -> int | None:
    """How many pods the budget is about, at least; None where nobody knows."""
    if selector is None:
        return 0  # it is about no pod
    counts = [_count(pod, context) for pod in context.lookups.derive(scanned_pods).selected(namespace, selector)]
    known = [count for count in counts if count is not None]
    return sum(known) if len(known) == len(counts) else None


def _count(pod: ScannedPod, context: Context) -> int | None:
    resource = pod.resource
    if resource.metadata.get("ownerReferences"):
        return 0  # counted at its owner
    if resource.group_kind == GroupKind("", "Pod"):
        return 1
    return least_pods(resource, context) if resource.kind in _WITH_REPLICAS else None


check = Check(
    id="blocking-pod-disruption-budget",
    judges="object",
    kinds=(GroupKind("policy", "PodDisruptionBudget"),),
    severity="low",
    persona="audit",
    find=_find,
    needs=("inventory",),
    references=("https://kubernetes.io/docs/tasks/run-application/configure-pdb/",),
)
