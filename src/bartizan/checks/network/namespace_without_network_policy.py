"""Namespace has no network policy.

Without any NetworkPolicy every pod of the cluster may connect to every pod of the namespace, and each of its
pods to anywhere. A policy for the whole namespace also holds for the pods that come tomorrow.

**Looks at** Namespaces, and the network policies in them among the scanned objects: Kubernetes' own, and
those of Cilium, Calico and Antrea, whatever they select. A CiliumClusterwideNetworkPolicy counts where it
selects every pod. If only policies for the whole cluster stand that are not read (Calico, Antrea, the network
policy API, or Cilium's with a selector for namespaces), the verdict is `skip`. Kubernetes' own `kube-system`,
`kube-public` and `kube-node-lease` are left alone.

**Instead** close the namespace, then open what is needed:

```yaml
kind: NetworkPolicy
apiVersion: networking.k8s.io/v1
metadata: {name: closed, namespace: shop}
spec:
  podSelector: {}
  policyTypes: [Ingress, Egress]
```

**Misses** whether the policies select the pods that matter: see `no-network-policy`. Policies that are
applied from elsewhere, or whose manifest names no namespace, are not seen.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from bartizan.checks.check import CannotTell, Check, Context, Fault
from bartizan.checks.network._other_policies import OF_CLUSTER, OF_NAMESPACE
from bartizan.checks.network._policy import REFERENCE
from bartizan.model.pod_shape import METADATA
from bartizan.model.resource import GroupKind, Resource
from bartizan.model.review import Lookups
from bartizan.model.selector import SELECTOR, is_empty
from bartizan.model.shape import Fields, IllTypedField, ListOf, conform

_SYSTEM = frozenset({"kube-system", "kube-public", "kube-node-lease"})
_NAMESPACE = Fields({"metadata": METADATA})
_CILIUM = ("cilium.io", "CiliumClusterwideNetworkPolicy")
_RULES = Fields({"endpointSelector": SELECTOR})
_CLUSTERWIDE = Fields({"spec": _RULES, "specs": ListOf(_RULES)})


def _find(namespace: Resource, context: Context) -> Iterable[Fault]:
    conform(namespace.raw, _NAMESPACE, (), []).get("metadata", {})
    if namespace.name in _SYSTEM or _has_policy(namespace.name, context.lookups):
        return
    if context.lookups.derive(_whole_cluster):
        return
    yield Fault(
        ("metadata", "name"),
        "no NetworkPolicy among the scanned objects stands in this namespace: write one with `podSelector: {}` that "
        "closes it, and others that open what is needed",
    )


def _has_policy(namespace: str, lookups: Lookups) -> bool:
    kinds = (("networking.k8s.io", "NetworkPolicy"), *OF_NAMESPACE)
    return any(lookups.objects(group, kind, namespace) for group, kind in kinds)


def _whole_cluster(lookups: Lookups) -> bool:
    """Whether a policy holds for every namespace."""
    doubts = ""
    for policy in lookups.objects(*_CILIUM):
        try:
            selectors = list(_selectors(policy))
            if any(is_empty(selector) for selector in selectors):
                return True
            if any(_is_about_namespaces(selector) for selector in selectors):
                doubts = doubts or _doubt(policy)
        except IllTypedField as error:
            raise CannotTell(f"{policy.kind} `{policy.name}` cannot be read: {error}", "lookup-failed") from error
    for group, kind in OF_CLUSTER:
        if (group, kind) != _CILIUM:
            doubts = doubts or next((_doubt(policy) for policy in lookups.objects(group, kind)), "")
    if doubts:
        raise CannotTell(doubts, "not-evaluable-here")
    return False


def _doubt(policy: Resource) -> str:
    return (
        f"no network policy stands in this namespace, but {policy.kind} `{policy.name}` may hold for it: policies "
        "of this kind are not read yet"
    )


def _selectors(policy: Resource) -> Iterator[dict[str, Any]]:
    raw = conform(policy.raw, _CLUSTERWIDE, (), [])
    for rules in (raw.get("spec", {}), *raw.get("specs", ())):
        selector = rules.get("endpointSelector")
        if selector is not None:
            yield selector


def _is_about_namespaces(selector: dict[str, Any]) -> bool:
    keys = [
        *selector.get("matchLabels", {}),
        *(item.get("key", "") for item in selector.get("matchExpressions", ())),
    ]
    return any("namespace" in key for key in keys)


check = Check(
    id="namespace-without-network-policy",
    judges="object",
    kinds=(GroupKind("", "Namespace"),),
    severity="low",
    confidence="medium",
    persona="strict",
    find=_find,
    needs=("inventory",),
    references=(REFERENCE,),
)
