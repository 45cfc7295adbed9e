"""Workload names no owner.

When a hole is found in a program, somebody must mend it. Where the object says whose it is, that takes a
message; where it does not, it takes a search, while the program runs on.

**Looks at** the labels and annotations of workloads, in their own metadata. One of the keys in the parameter
`keys` with a value is enough.

**Instead** name the team, as a label (to select by) or an annotation (for an address):

```yaml
metadata:
  labels: {team: checkout}
  annotations: {email: checkout@shop.example}
```

**Misses** an owner that is written on the Namespace or kept in a catalogue elsewhere, and whether the owner
still exists.
"""

from collections.abc import Iterable

import msgspec

from bartizan.checks.check import Check, Context, Fault
from bartizan.checks.workload._kinds import LABELLED, WRITTEN
from bartizan.model.resource import Resource
from bartizan.model.shape import Fields, conform

_OBJECT = Fields({"metadata": LABELLED})


class Params(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What names an owner."""

    keys: tuple[str, ...] = ("owner", "team", "email")
    """Keys of labels or annotations; one of them is enough."""


def _find(workload: Resource, context: Context) -> Iterable[Fault]:
    metadata = conform(workload.raw, _OBJECT, (), []).get("metadata", {})
    labels, annotations = metadata.get("labels", {}), metadata.get("annotations", {})
    keys = context.params.keys
    if not any(labels.get(key) or annotations.get(key) for key in keys):
        yield Fault(
            ("metadata", "labels"),
            f"says nowhere whose it is: add a label or annotation `{'` or `'.join(keys)}`",
        )


check = Check(
    id="missing-owner",
    judges="object",
    kinds=tuple(WRITTEN),
    severity="info",
    persona="audit",
    find=_find,
    params=Params,
    references=("https://kubernetes.io/docs/concepts/overview/working-with-objects/common-labels/",),
)
