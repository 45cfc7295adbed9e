"""Namespace enforces the level privileged.

The level `privileged` refuses nothing. Whoever may create a pod in the namespace may create one that is root
on its node, and from there take the others. Programs of the node itself need that; hardly any other does.

**Looks at** the label `pod-security.kubernetes.io/enforce` of Namespaces with the value `privileged`.
Kubernetes' own `kube-system`, `kube-public` and `kube-node-lease` are left alone.

**Instead** enforce `baseline`, and move the few pods that need more into a namespace of their own, where
hardly anybody may create pods:

```yaml
metadata:
  labels:
    pod-security.kubernetes.io/enforce: baseline
    pod-security.kubernetes.io/warn: restricted
```

For a namespace of network, storage or monitoring agents write an exception that says who may deploy there.

**Misses** whether the pods in it need the level, and who may create pods there.
"""

from collections.abc import Iterable

from bartizan.checks.check import Check, Context, Fault
from bartizan.checks.namespace._namespace import ENFORCE, NAMESPACES, REFERENCE, is_system, labels
from bartizan.model.resource import Resource


def _find(namespace: Resource, _context: Context) -> Iterable[Fault]:
    if labels(namespace).get(ENFORCE) == "privileged" and not is_system(namespace):
        yield Fault(
            ("metadata", "labels", ENFORCE),
            "enforces the Pod Security level `privileged`, which refuses nothing, so any pod may run here: set "
            f"`{ENFORCE}: baseline` or `restricted`, and give pods that need more a namespace of their own",
        )


check = Check(
    id="privileged-namespace",
    judges="object",
    kinds=NAMESPACES,
    severity="medium",
    find=_find,
    references=(REFERENCE,),
)
