"""Workload lacks a recommended label.

Labels say which program an object belongs to. Without them nobody can list what a program is made of: not
the dashboards, not a network policy, and not whoever looks for the pods that must be stopped at once.

**Looks at** the labels of workloads and of their pod templates. The parameter `labels` says which each of
them must carry; the default is `app.kubernetes.io/name`. One finding names all that is missing at one place.

**Instead** label the object and its pods:

```yaml
metadata:
  labels: {app.kubernetes.io/name: web}
spec:
  template:
    metadata:
      labels: {app.kubernetes.io/name: web}
```

**Misses** whether the values are right, objects that are no workload, and labels that Helm or Kustomize add
when the files are applied.
"""

from collections.abc import Iterable

import msgspec

from bartizan.checks.check import Check, Context, Fault
from bartizan.checks.workload._kinds import LABELLED, WRITTEN, at_template
from bartizan.model.path import Path
from bartizan.model.resource import Resource
from bartizan.model.shape import Fields, conform


class Params(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which labels are asked for."""

    labels: tuple[str, ...] = ("app.kubernetes.io/name",)
    """Keys that every workload and every pod template must have."""


def _find(workload: Resource, context: Context) -> Iterable[Fault]:
    template = WRITTEN[workload.group_kind]
    shape = at_template(template, Fields({"metadata": LABELLED}), metadata=LABELLED)
    raw = conform(workload.raw, shape, (), [])
    for path in dict.fromkeys([("metadata", "labels"), (*template, "metadata", "labels")]):
        labels = raw
        for step in path:
            labels = labels.get(step, {})
        missing = [key for key in context.params.labels if not labels.get(key)]
        if missing:
            yield _fault(path, missing)


def _fault(path: Path, missing: list[str]) -> Fault:
    where = ".".join(map(str, path))
    return Fault(path, f"has no label `{'`, `'.join(missing)}`: add it under `{where}`")


check = Check(
    id="missing-recommended-labels",
    judges="object",
    kinds=tuple(WRITTEN),
    severity="info",
    persona="audit",
    find=_find,
    params=Params,
    references=("https://kubernetes.io/docs/concepts/overview/working-with-objects/common-labels/",),
)
