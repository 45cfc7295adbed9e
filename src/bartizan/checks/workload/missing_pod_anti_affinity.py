"""Replicas may all stand on one node.

Two replicas on one node are down together when the node is. The scheduler spreads pods only as far as it
finds convenient, unless the workload says that it matters. This is about reliability (persona `audit`).

**Looks at** Deployments, StatefulSets and Rollouts that keep two or more pods, by `replicas` or by an autoscaler
among the scanned objects. One term of `podAntiAffinity`, required or preferred, or one of
`topologySpreadConstraints` is enough, if its `labelSelector` selects the workload's own pods; labels that
controllers add, such as `pod-template-hash`, are taken as there.

**Instead** spread the pods over nodes, and zones where there are some:

```yaml
topologySpreadConstraints:
  - maxSkew: 1
    topologyKey: kubernetes.io/hostname
    whenUnsatisfiable: ScheduleAnyway
    labelSelector: {matchLabels: {app: web}}
```

**Misses** a Rollout that names a Deployment in the place of a template; whether the nodes carry the label of
`topologyKey`, and default constraints of the scheduler's own configuration.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from bartizan.checks.check import Check, Context, Fault
from bartizan.checks.workload._kinds import is_written_elsewhere
from bartizan.checks.workload._scale import SCALED, least_pods
from bartizan.model.resource import Resource
from bartizan.model.scanned_pods import written
from bartizan.model.selector import SELECTOR, selects
from bartizan.model.shape import TEXT_MAP, Fields, ListOf, conform

_TERM = Fields({"labelSelector": SELECTOR})
_REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution"
_PREFERRED = "preferredDuringSchedulingIgnoredDuringExecution"
_AWAY = Fields({_REQUIRED: ListOf(_TERM), _PREFERRED: ListOf(Fields({"podAffinityTerm": _TERM}))})
_POD = Fields(
    {"affinity": Fields({"podAntiAffinity": _AWAY}), "topologySpreadConstraints": ListOf(_TERM)},
)
_WORKLOAD = Fields(
    {"spec": Fields({"template": Fields({"metadata": Fields({"labels": TEXT_MAP}), "spec": _POD})})},
)


def _find(workload: Resource, context: Context) -> Iterable[Fault]:
    if is_written_elsewhere(workload):
        return
    raw = conform(workload.raw, _WORKLOAD, (), [])
    template = raw.get("spec", {}).get("template", {})
    labels = template.get("metadata", {}).get("labels", {})
    terms = [term["labelSelector"] for term in _terms(template.get("spec", {})) if "labelSelector" in term]
    if least_pods(workload, context) < 2 or any(selects(written(selector), labels) for selector in terms):  # noqa: PLR2004 - one pod cannot be spread
        return
    yield Fault(
        ("spec", "template", "spec", "topologySpreadConstraints"),
        "nothing keeps its pods on different nodes: add `topologySpreadConstraints` or a `podAntiAffinity` whose "
        "`labelSelector` selects these pods",
    )


def _terms(spec: dict[str, Any]) -> Iterator[dict[str, Any]]:
    away = spec.get("affinity", {}).get("podAntiAffinity", {})
    yield from spec.get("topologySpreadConstraints", ())
    yield from away.get(_REQUIRED, ())
    yield from (item.get("podAffinityTerm", {}) for item in away.get(_PREFERRED, ()))


check = Check(
    id="missing-pod-anti-affinity",
    judges="object",
    kinds=SCALED,
    severity="info",
    persona="audit",
    find=_find,
    needs=("inventory",),
    references=("https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/",),
)
