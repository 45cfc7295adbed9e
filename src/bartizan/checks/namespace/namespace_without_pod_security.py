"""Namespace lets any pod in.

Without a Pod Security level, or with the level `privileged`, whoever may create a pod in the namespace may
create one that is root on its node. Every other rule about pods is then a matter of good will.

**Looks at** the label `pod-security.kubernetes.io/enforce` of Namespaces. `baseline` and `restricted` pass.
Kubernetes' own `kube-system`, `kube-public` and `kube-node-lease` are left alone.

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
from bartizan.model.pod_shape import METADATA
from bartizan.model.resource import GroupKind, Resource
from bartizan.model.shape import Fields, conform

_NAMESPACE = Fields({"metadata": METADATA})
_LABEL = "pod-security.kubernetes.io/enforce"
_SYSTEM = frozenset({"kube-system", "kube-public", "kube-node-lease"})
_REMEDY = f"set the label `{_LABEL}: baseline` or `restricted`, after a dry run against the pods that run there"


def _find(resource: Resource, _context: Context) -> Iterable[Fault]:
    level = conform(resource.raw, _NAMESPACE, (), []).get("metadata", {}).get("labels", {}).get(_LABEL)
    if level in ("baseline", "restricted") or resource.name in _SYSTEM:
        return
    if level is None:
        problem = "enforces no Pod Security level, so any pod may run here"
    elif level == "privileged":
        problem = "enforces the Pod Security level `privileged`, so any pod may run here"
    else:
        problem = f"`{level}` is no Pod Security level"
    yield Fault(("metadata", "labels", _LABEL), f"{problem}: {_REMEDY}")


check = Check(
    id="namespace-without-pod-security",
    judges="object",
    kinds=(GroupKind("", "Namespace"),),
    severity="medium",
    find=_find,
    references=("https://kubernetes.io/docs/concepts/security/pod-security-admission/",),
)
