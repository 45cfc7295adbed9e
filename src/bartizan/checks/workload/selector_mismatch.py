"""Workload does not select its own pods.

The API server refuses a workload whose selector does not fit the labels of its template. Whoever applies a
folder of files may not see the one line that says so, and the old version, with its holes, runs on.

**Looks at** `spec.selector` and the labels of the template in Deployments, StatefulSets, DaemonSets,
ReplicaSets, ReplicationControllers, Rollouts and DeploymentConfigs, and in Jobs and CronJobs that write a
selector. In `apps/v1` a selector must be there and must not be empty.

**Instead** write the same labels at both places:

```yaml
spec:
  selector:
    matchLabels: {app: web}
  template:
    metadata:
      labels: {app: web}
```

**Misses** a Rollout that names a Deployment in the place of a template; labels that Kustomize adds to both places,
or to one of them; a workload that selects pods of another one as well.
"""

from collections.abc import Iterable
from typing import Any

from bartizan.checks.check import Check, Context, Fault
from bartizan.checks.workload._kinds import LABELLED, is_written_elsewhere
from bartizan.model.path import Path
from bartizan.model.resource import GroupKind, Resource
from bartizan.model.selector import SELECTOR, is_empty, readable, selects
from bartizan.model.shape import TEXT_MAP, Fields, conform
from bartizan.model.workload import TEMPLATES

_PLAIN = frozenset({GroupKind("", "ReplicationController"), GroupKind("apps.openshift.io", "DeploymentConfig")})
"""Kinds whose selector is a plain mapping of labels."""
_REQUIRES = ("apps/v1", "apps/v1beta2")
"""Older versions take the template's labels where no selector is written."""
_KINDS = tuple(
    kind
    for kind, path in TEMPLATES.items()
    if path and kind != GroupKind("", "PodTemplate") and kind.group != "serving.knative.dev"
)


def _find(workload: Resource, _context: Context) -> Iterable[Fault]:
    kind = workload.group_kind
    place = TEMPLATES[kind][:-1]
    spec = _spec(workload, place)
    labels = spec.get("template", {}).get("metadata", {}).get("labels", {})
    written = spec.get("selector", {})
    selector = {"matchLabels": written} if kind in _PLAIN else written
    if is_empty(readable(selector)):
        if workload.api_version in _REQUIRES:
            yield Fault(
                (*place, "selector"),
                "has no selector, which the API server refuses: write the labels of its pods under "
                "`spec.selector.matchLabels`",
            )
    elif not (selects(selector, labels) or is_written_elsewhere(workload)):
        part = _part(selector, labels)
        path: Path = (*place, "selector", *(() if kind in _PLAIN else (part,)))
        yield Fault(
            path,
            f"`{'.'.join(map(str, path))}` does not fit the labels of its own template, which the API server "
            "refuses: write the same labels at both places",
        )


def _spec(workload: Resource, place: Path) -> dict[str, Any]:
    """What holds the selector and the template."""
    kind = workload.group_kind
    selector = TEXT_MAP if kind in _PLAIN else SELECTOR
    shape = Fields({"selector": selector, "template": Fields({"metadata": LABELLED})})
    for step in reversed(place):
        shape = Fields({str(step): shape})
    node: dict[str, Any] = conform(workload.raw, shape, (), [])
    for step in place:
        node = node.get(str(step), {})
    return node


def _part(selector: dict[str, Any], labels: dict[str, str]) -> str:
    """The half of the selector that does not fit."""
    fits = selects({"matchLabels": selector.get("matchLabels", {})}, labels)
    return "matchExpressions" if fits else "matchLabels"


check = Check(
    id="selector-mismatch",
    judges="object",
    kinds=_KINDS,
    severity="low",
    persona="strict",
    find=_find,
    references=("https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#selector",),
)
