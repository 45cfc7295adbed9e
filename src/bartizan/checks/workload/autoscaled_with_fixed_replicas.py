"""Replicas are fixed although an autoscaler sets them.

Each time the file is applied, its `replicas` overrule what the autoscaler has found right. Pods are then
stopped in the middle of a rush, until the autoscaler has noticed. This is about reliability (persona
`audit`).

**Looks at** `spec.replicas` of Deployments, StatefulSets and Rollouts in files, where a
HorizontalPodAutoscaler or a ScaledObject among the scanned objects names the workload. With `0` the workload
is switched off on purpose, which passes. Objects of a cluster always have the field and are left alone.

**Instead** leave `replicas` out, and let the autoscaler say how many:

```yaml
kind: Deployment
spec:
  selector: {matchLabels: {app: web}}
```

Where the field was applied before by a client, hand it over first (the guide below tells how): removing it
would set it to 1 for a moment. Hence there is no fix.

**Misses** an autoscaler that is not among the scanned objects.
"""

from collections.abc import Iterable

from bartizan.checks.check import Check, Context, Fault
from bartizan.checks.workload._scale import SCALED, autoscalers, replicas
from bartizan.model.resource import Resource


def _find(workload: Resource, context: Context) -> Iterable[Fault]:
    if not replicas(workload) or workload.origin.kind != "file":
        return
    scaled = context.lookups.derive(autoscalers).of(workload)
    if scaled is not None:
        yield Fault(
            ("spec", "replicas"),
            f"fixes `spec.replicas`, which {scaled.autoscaler} sets: leave the field out, or each apply "
            "overrules the autoscaler",
        )


check = Check(
    id="autoscaled-with-fixed-replicas",
    judges="object",
    kinds=SCALED,
    severity="info",
    persona="audit",
    find=_find,
    needs=("inventory",),
    references=("https://kubernetes.io/docs/concepts/workloads/autoscaling/horizontal-pod-autoscale/",),
)
