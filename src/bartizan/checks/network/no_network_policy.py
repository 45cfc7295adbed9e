"""Workload is open to every pod.

Where no NetworkPolicy selects a pod for ingress, every pod of the cluster may connect to every port of it.
One program taken over anywhere is then next door to the database.

**Looks at** the labels of each pod and the NetworkPolicies of its namespace among the scanned objects: one
must select the pod, by `matchLabels` and `matchExpressions` together, and hold for `Ingress` (which a policy
without `policyTypes` does). If none does, but policies of Cilium, Calico, Antrea or the network policy API
stand for the namespace or the cluster, the verdict is `skip`: they are not read yet. Pods with `hostNetwork`
are left out: policies mostly have no effect on them.

**Instead** close the namespace, then open what is needed:

```yaml
kind: NetworkPolicy
apiVersion: networking.k8s.io/v1
metadata: {name: closed, namespace: shop}
spec:
  podSelector: {}
  policyTypes: [Ingress]
```

**Misses** a policy that selects the pod and then lets everybody in; a network plug-in that enforces no
policies; labels that a controller adds to the pods it makes. Policies that are applied from elsewhere are
not seen, and the finding then asks for what exists.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from bartizan.checks.check import CannotTell, Check, Context, Fault
from bartizan.checks.network._other_policies import first_other
from bartizan.model.resource import Resource
from bartizan.model.review import Lookups
from bartizan.model.selector import SELECTOR, SelectorIndex, readable
from bartizan.model.shape import TEXTS, Fields, IllTypedField, conform
from bartizan.model.workload import PodView

_POLICY = Fields({"spec": Fields({"podSelector": SELECTOR, "policyTypes": TEXTS})})


class _Policies:
    """The NetworkPolicies that hold for ingress, found by the labels of a pod."""

    def __init__(self, policies: Iterable[Resource]) -> None:
        spaces: defaultdict[str, list[tuple[dict[str, Any], str]]] = defaultdict(list)
        self.broken: dict[str, str] = {}
        """Why some policy of a namespace cannot be read."""
        for policy in policies:
            try:
                selector = _ingress_selector(policy)
                if selector is not None:
                    spaces[policy.namespace].append((readable(selector), policy.name))
            except IllTypedField as error:
                told = f"NetworkPolicy `{policy.name}` cannot be read: {error}"
                self.broken.setdefault(policy.namespace, told)
        self._spaces = {space: SelectorIndex(entries) for space, entries in spaces.items()}

    def protect(self, namespace: str, labels: dict[str, str]) -> bool:
        """Whether one of them selects a pod of the namespace with these labels."""
        index = self._spaces.get(namespace)
        return index is not None and next(index.selecting(labels), None) is not None


def _policies(lookups: Lookups) -> _Policies:
    return _Policies(lookups.objects("networking.k8s.io", "NetworkPolicy"))


def _ingress_selector(policy: Resource) -> dict[str, Any] | None:
    """Whose ingress the policy governs; None for nobody's."""
    spec = conform(policy.raw, _POLICY, (), []).get("spec")
    if spec is None or "Ingress" not in (spec.get("policyTypes") or ("Ingress",)):
        return None
    selector: dict[str, Any] = spec.get("podSelector", {})
    return selector


def _find(pod: PodView, context: Context) -> Iterable[Fault]:
    if pod.spec.get("hostNetwork"):
        return
    namespace, labels = pod.resource.namespace, pod.metadata.get("labels", {})
    policies = context.lookups.derive(_policies)
    if policies.protect(namespace, labels):
        return
    if namespace in policies.broken:
        raise CannotTell(policies.broken[namespace], "lookup-failed")
    _leave_to_others(pod, context)
    yield Fault(
        pod.spec_path,
        "no NetworkPolicy among the scanned objects selects this pod for ingress, so every pod may connect: "
        f"write one that selects {_as_labels(labels)} and names who may",
    )


def _leave_to_others(pod: PodView, context: Context) -> None:
    """Say that nobody can tell, where policies of another kind may protect the pod."""
    other = first_other(context.lookups, pod.resource.namespace)
    if other is not None:
        raise CannotTell(
            f"no NetworkPolicy selects this pod, but {other.kind} `{other.name}` may protect it: "
            "policies of this kind are not read yet",
            "not-evaluable-here",
        )


def _as_labels(labels: dict[str, str]) -> str:
    """At most two labels, as a hint which pod is meant."""
    hints = [f"`{key}: {value}`" for key, value in list(labels.items())[:2]]
    return " and ".join(hints) or "it by a label (it has none yet)"


check = Check(
    id="no-network-policy",
    judges="pod",
    severity="medium",
    confidence="medium",
    find=_find,
    needs=("inventory",),
    references=("https://kubernetes.io/docs/concepts/services-networking/network-policies/",),
)
