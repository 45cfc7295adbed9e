"""Workload has a single replica.

With one pod the service is down whenever that pod is: when its node is drained or dies, and while a new
version starts. This is about reliability, hence an opinion for those who ask for it (persona `audit`).

**Looks at** `spec.replicas` of Deployments, StatefulSets and Rollouts; absent means 1. A workload that a
HorizontalPodAutoscaler or a ScaledObject among the scanned objects scales is left to
`single-replica-autoscaler`. With `0` it is switched off, which passes. The parameter `minimum` says how many
are enough.

**Instead** run two or more, and spread them over nodes:

```yaml
spec:
  replicas: 2
```

A program that must run once (it holds a lock, or a volume that one node can mount) deserves an exception.

**Misses** an autoscaler that is not among the scanned objects, and whether the replicas stand on different
nodes (see `missing-pod-anti-affinity`).
"""

from collections.abc import Iterable

import msgspec

from bartizan.checks.check import Check, Context, Fault
from bartizan.checks.workload._scale import SCALED, autoscalers, replicas
from bartizan.model.resource import Resource


class Params(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How many are enough."""

    minimum: int = 2
    """The least number of replicas that passes."""


def _find(workload: Resource, context: Context) -> Iterable[Fault]:
    written = replicas(workload)
    count = 1 if written is None else written
    if count == 0 or count >= context.params.minimum or context.lookups.derive(autoscalers).of(workload):
        return
    yield Fault(
        ("spec", "replicas"),
        f"keeps {count} {'pod' if count == 1 else 'pods'}, so it is down when its node is: set "
        f"`spec.replicas` to {context.params.minimum} or more",
    )


check = Check(
    id="single-replica",
    judges="object",
    kinds=SCALED,
    severity="info",
    confidence="medium",
    persona="audit",
    find=_find,
    needs=("inventory",),
    params=Params,
    references=("https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#replicas",),
)
