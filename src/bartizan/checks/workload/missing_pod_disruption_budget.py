"""Replicas have no disruption budget.

Draining nodes for an upgrade stops pods node by node. Without a budget nothing keeps it from stopping every
replica of a program within the same minute. This is about reliability (persona `audit`).

**Looks at** Deployments, StatefulSets and Rollouts that keep two or more pods, by `replicas` or by an
autoscaler, and the PodDisruptionBudgets of their namespace among the scanned objects: one must select the
pods of the template.

**Instead** say how many may be missing at a time:

```yaml
kind: PodDisruptionBudget
apiVersion: policy/v1
metadata: {name: web, namespace: shop}
spec:
  maxUnavailable: 1
  selector: {matchLabels: {app: web}}
```

**Misses** a Rollout that names a Deployment in the place of a template, and a budget that is applied from
elsewhere: the finding then asks for what exists. What the budget says is judged by
`blocking-pod-disruption-budget`.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from bartizan.checks.check import CannotTell, Check, Context, Fault
from bartizan.checks.workload._kinds import is_written_elsewhere
from bartizan.checks.workload._scale import SCALED, least_pods
from bartizan.model.resource import Resource
from bartizan.model.review import Lookups
from bartizan.model.selector import SELECTOR, SelectorIndex, readable
from bartizan.model.shape import TEXT_MAP, Fields, IllTypedField, conform

_BUDGET = Fields({"spec": Fields({"selector": SELECTOR})})
_WORKLOAD = Fields({"spec": Fields({"template": Fields({"metadata": Fields({"labels": TEXT_MAP})})})})


class _Budgets:
    def __init__(self, budgets: Iterable[Resource]) -> None:
        spaces: defaultdict[str, list[tuple[dict[str, Any], str]]] = defaultdict(list)
        self.broken: dict[str, str] = {}
        for budget in budgets:
            try:
                selector = conform(budget.raw, _BUDGET, (), []).get("spec", {}).get("selector")
                if selector is not None:  # without one it selects nothing
                    spaces[budget.namespace].append((readable(selector), budget.name))
            except IllTypedField as error:
                told = f"PodDisruptionBudget `{budget.name}` cannot be read: {error}"
                self.broken.setdefault(budget.namespace, told)
        self._spaces = {space: SelectorIndex(entries) for space, entries in spaces.items()}

    def cover(self, namespace: str, labels: dict[str, str]) -> bool:
        """Whether one of them selects pods with these labels; one without a written namespace may stand in any."""
        indexes = (self._spaces[space] for space in {namespace, ""} & self._spaces.keys())
        return any(next(index.selecting(labels), None) is not None for index in indexes)


def _budgets(lookups: Lookups) -> _Budgets:
    return _Budgets(lookups.objects("policy", "PodDisruptionBudget"))


def _find(workload: Resource, context: Context) -> Iterable[Fault]:
    if is_written_elsewhere(workload):
        return
    raw = conform(workload.raw, _WORKLOAD, (), [])
    labels = raw.get("spec", {}).get("template", {}).get("metadata", {}).get("labels", {})
    budgets = context.lookups.derive(_budgets)
    if least_pods(workload, context) < 2 or budgets.cover(workload.namespace, labels):  # noqa: PLR2004 - a budget of one pod only blocks
        return
    if workload.namespace in budgets.broken:
        raise CannotTell(budgets.broken[workload.namespace], "lookup-failed")
    yield Fault(
        ("spec", "template", "metadata", "labels"),
        "no PodDisruptionBudget among the scanned objects selects its pods, so draining nodes may stop all of "
        "them: add one with `maxUnavailable: 1`",
    )


check = Check(
    id="missing-pod-disruption-budget",
    judges="object",
    kinds=SCALED,
    severity="info",
    confidence="medium",
    persona="audit",
    find=_find,
    needs=("inventory",),
    references=("https://kubernetes.io/docs/tasks/run-application/configure-pdb/",),
)
