"""Autoscaler may go down to a single pod.

An autoscaler removes pods when there is little to do. If it may leave one, the service is down whenever that
pod's node is, and the next rush meets a single pod. This is about reliability (persona `audit`).

**Looks at** `minReplicas` of HorizontalPodAutoscalers (absent means 1) and `minReplicaCount` of ScaledObjects.
With `0` it is meant to sleep, which passes; a ScaledObject without the field sleeps as well. The parameter
`minimum` says how many are enough.

**Instead** let it leave at least two:

```yaml
spec:
  minReplicas: 2
  maxReplicas: 6
```

**Misses** whether the pods stand on different nodes, and autoscalers of other kinds.
"""

from collections.abc import Iterable

import msgspec

from bartizan.checks.check import Check, Context, Fault
from bartizan.model.autoscaler import AUTOSCALERS, LEAST_FIELD, scaling
from bartizan.model.resource import Resource


class Params(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How many are enough."""

    minimum: int = 2
    """The least number of pods that an autoscaler may leave."""


def _find(autoscaler: Resource, context: Context) -> Iterable[Fault]:
    least, minimum = scaling(autoscaler).least, context.params.minimum
    if 0 < least < minimum:
        field, _ = LEAST_FIELD[autoscaler.kind]
        yield Fault(
            ("spec", field),
            f"may leave {least} {'pod' if least == 1 else 'pods'}: set `spec.{field}` to {minimum} or more",
        )


check = Check(
    id="single-replica-autoscaler",
    judges="object",
    kinds=AUTOSCALERS,
    severity="info",
    persona="audit",
    find=_find,
    params=Params,
    references=("https://kubernetes.io/docs/concepts/workloads/autoscaling/horizontal-pod-autoscale/",),
)
