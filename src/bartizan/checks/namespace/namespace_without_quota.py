"""Namespace has no quota.

Without a ResourceQuota one namespace may fill the cluster: a loop that makes pods, a miner, a wrong number
of replicas. The programs of all others then find no place.

**Looks at** Namespaces and the ResourceQuotas among the scanned objects: one must stand in the namespace.
Kubernetes' own `kube-system`, `kube-public` and `kube-node-lease` are left alone.

**Instead** bound what the namespace may ask for:

```yaml
kind: ResourceQuota
apiVersion: v1
metadata: {name: all, namespace: shop}
spec:
  hard: {requests.cpu: "8", requests.memory: 16Gi, limits.memory: 32Gi, pods: "50"}
```

**Misses** whether the numbers are sensible and bound what matters. A quota that is applied from elsewhere is
not seen, and the finding then asks for what exists.
"""

from collections.abc import Iterable

from bartizan.checks.check import Check, Context, Fault
from bartizan.checks.namespace._namespace import NAMESPACES, is_system
from bartizan.model.resource import Resource


def _find(namespace: Resource, context: Context) -> Iterable[Fault]:
    if not is_system(namespace) and not context.lookups.objects("", "ResourceQuota", namespace.name):
        yield Fault(
            ("metadata", "name"),
            "no ResourceQuota among the scanned objects stands in this namespace, so it may fill the cluster: "
            "write one that bounds CPU, memory and the number of pods",
        )


check = Check(
    id="namespace-without-quota",
    judges="object",
    kinds=NAMESPACES,
    severity="low",
    confidence="medium",
    persona="audit",
    find=_find,
    needs=("inventory",),
    references=("https://kubernetes.io/docs/concepts/policy/resource-quotas/",),
)
