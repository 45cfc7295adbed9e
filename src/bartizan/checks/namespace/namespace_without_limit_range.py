"""Namespace has no limit range.

A container without limits may take all of its node. A LimitRange gives such a container limits, and refuses
one that asks for too much, so that nobody has to remember it in every manifest.

**Looks at** Namespaces and the LimitRanges among the scanned objects: one must stand in the namespace.
Kubernetes' own `kube-system`, `kube-public` and `kube-node-lease` are left alone.

**Instead** set what a container gets that asks for nothing, and the most it may ask for:

```yaml
kind: LimitRange
apiVersion: v1
metadata: {name: containers, namespace: shop}
spec:
  limits:
    - type: Container
      defaultRequest: {cpu: 100m, memory: 128Mi}
      default: {memory: 256Mi}
      max: {memory: 4Gi}
```

**Misses** whether the numbers are sensible, and which types and resources they hold for. One that is applied
from elsewhere is not seen, and the finding then asks for what exists.
"""

from collections.abc import Iterable

from bartizan.checks.check import Check, Context, Fault
from bartizan.checks.namespace._namespace import NAMESPACES, is_system
from bartizan.model.resource import Resource


def _find(namespace: Resource, context: Context) -> Iterable[Fault]:
    if not is_system(namespace) and not context.lookups.objects("", "LimitRange", namespace.name):
        yield Fault(
            ("metadata", "name"),
            "no LimitRange among the scanned objects stands in this namespace, so a container without limits has "
            "none: write one with `default`, `defaultRequest` and `max` for containers",
        )


check = Check(
    id="namespace-without-limit-range",
    judges="object",
    kinds=NAMESPACES,
    severity="info",
    confidence="medium",
    persona="audit",
    find=_find,
    needs=("inventory",),
    references=("https://kubernetes.io/docs/concepts/policy/limit-range/",),
)
