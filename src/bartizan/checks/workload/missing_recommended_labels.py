"""Workload lacks a recommended label.

Labels say which program an object belongs to. Without them nobody can list what a program is made of: not
the dashboards, not a network policy, and not whoever looks for the pods that must be stopped at once.

**Looks at** the labels of workloads and of their pod templates. The parameter `labels` says which each of
them must carry; the default is `app.kubernetes.io/name`. One finding names all labels that are missing, and each
place where they are.

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
from bartizan.checks.workload._kinds import LABELLED, WRITTEN, at_template, is_written_elsewhere
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
    places: dict[tuple[str, ...], list[Path]] = {}
    for path in _places(workload, template):
        labels = raw
        for step in path:
            labels = labels.get(step, {})
        missing = tuple(key for key in context.params.labels if not labels.get(key))
        if missing:
            places.setdefault(missing, []).append(path)
    yield from (_fault(paths, missing) for missing, paths in places.items())


def _places(workload: Resource, template: Path) -> Iterable[Path]:
    yield ("metadata", "labels")
    if template and not is_written_elsewhere(workload):
        yield (*template, "metadata", "labels")


def _fault(paths: list[Path], missing: tuple[str, ...]) -> Fault:
    where = "` and `".join(".".join(map(str, path)) for path in paths)
    return Fault(paths[0], f"has no label `{'`, `'.join(missing)}`: add it under `{where}`")


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
