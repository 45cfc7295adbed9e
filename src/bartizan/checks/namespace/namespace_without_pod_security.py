"""Namespace lets any pod in.

Without a Pod Security level, whoever may create a pod in the namespace may create one that is root on its
node. Every other rule about pods is then a matter of good will.

**Looks at** the label `pod-security.kubernetes.io/enforce` of Namespaces: it must be there. Kubernetes' own
`kube-system`, `kube-public` and `kube-node-lease` are left alone. A namespace that says `privileged` is told
by `privileged-namespace`, a level that does not exist by `invalid-pod-security-label`.

**Instead** enforce at least `baseline`, and warn about what `restricted` would refuse:

```yaml
metadata:
  labels:
    pod-security.kubernetes.io/enforce: baseline
    pod-security.kubernetes.io/warn: restricted
```

There is no automatic fix: the label refuses pods that do not fit. See which ones beforehand:
`kubectl label --dry-run=server --overwrite namespace NAME pod-security.kubernetes.io/enforce=baseline`

**Misses** a level that the API server's own configuration sets for all namespaces, and other policy engines
that do the same work: where one does, deselect this check.
"""

from collections.abc import Iterable

from bartizan.checks.check import Check, Context, Fault
from bartizan.checks.namespace._namespace import ENFORCE, NAMESPACES, REFERENCE, is_system, labels
from bartizan.model.resource import Resource


def _find(namespace: Resource, _context: Context) -> Iterable[Fault]:
    if labels(namespace).get(ENFORCE) is None and not is_system(namespace):
        yield Fault(
            ("metadata", "labels", ENFORCE),
            f"enforces no Pod Security level, so any pod may run here: set the label `{ENFORCE}: baseline` or "
            "`restricted`, after a dry run against the pods that run there",
        )


check = Check(
    id="namespace-without-pod-security",
    judges="object",
    kinds=NAMESPACES,
    severity="medium",
    find=_find,
    references=(REFERENCE,),
)
