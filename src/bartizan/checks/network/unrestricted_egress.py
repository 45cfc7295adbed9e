"""Workload may connect to anywhere.

A program that was taken over fetches its tools from the internet, sends away what it finds, and tries the
neighbours. Where no NetworkPolicy selects the pod for egress, nothing stands in its way.

**Looks at** the labels of each pod and the NetworkPolicies of its namespace among the scanned objects: one
must select the pod and hold for `Egress`, and none of those that do may have an egress rule without `to` and
`ports`, which allows everything. If none does, but policies of Cilium, Calico, Antrea or the network policy
API stand for the namespace or the cluster, the verdict is `skip`: they are not read yet. Pods with
`hostNetwork` are left out: policies mostly have no effect on them.

**Instead** close the way out, then open what is needed, names first:

```yaml
kind: NetworkPolicy
apiVersion: networking.k8s.io/v1
metadata: {name: way-out, namespace: shop}
spec:
  podSelector: {}
  policyTypes: [Egress]
  egress:
    - to: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: kube-system}}}]
      ports: [{port: 53, protocol: UDP}, {port: 53, protocol: TCP}]
```

**Misses** a rule that allows every address by `ipBlock`, or everything on some ports; a network plug-in that
enforces no policies. Policies that are applied from elsewhere are not seen, and the finding then asks for
what exists.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from bartizan.checks.check import CannotTell, Check, Context, Fault
from bartizan.checks.network._other_policies import first_other
from bartizan.checks.network._policy import REFERENCE, governs, spec_of
from bartizan.model.resource import Resource
from bartizan.model.review import Lookups
from bartizan.model.selector import SelectorIndex, readable
from bartizan.model.shape import IllTypedField
from bartizan.model.workload import PodView

_Policy = tuple[str, bool]
"""A policy's name, and whether it allows every connection."""


class _Policies:
    """The NetworkPolicies that hold for egress, found by the labels of a pod."""

    def __init__(self, policies: Iterable[Resource]) -> None:
        spaces: defaultdict[str, list[tuple[dict[str, Any], _Policy]]] = defaultdict(list)
        self.broken: dict[str, str] = {}
        """Why some policy of a namespace cannot be read."""
        for policy in policies:
            try:
                spec = spec_of(policy)
                if governs(spec, "Egress"):
                    selector = readable(spec.get("podSelector", {}))
                    spaces[policy.namespace].append((selector, (policy.name, _allows_all(spec))))
            except IllTypedField as error:
                told = f"NetworkPolicy `{policy.name}` cannot be read: {error}"
                self.broken.setdefault(policy.namespace, told)
        self._spaces = {space: SelectorIndex(entries) for space, entries in spaces.items()}

    def selecting(self, namespace: str, labels: dict[str, str]) -> list[_Policy]:
        """Those that govern a pod of the namespace with these labels."""
        index = self._spaces.get(namespace)
        return [] if index is None else list(index.selecting(labels))


def _policies(lookups: Lookups) -> _Policies:
    return _Policies(lookups.objects("networking.k8s.io", "NetworkPolicy"))


def _allows_all(spec: dict[str, Any]) -> bool:
    return any(not rule.get("to") and not rule.get("ports") for rule in spec.get("egress", ()))


def _find(pod: PodView, context: Context) -> Iterable[Fault]:
    if pod.spec.get("hostNetwork"):
        return
    namespace, labels = pod.resource.namespace, pod.metadata.get("labels", {})
    policies = context.lookups.derive(_policies)
    governing = policies.selecting(namespace, labels)
    opening = next((name for name, allows_all in governing if allows_all), "")
    if opening:
        yield Fault(
            pod.spec_path,
            f"NetworkPolicy `{opening}` selects this pod for egress and allows every connection: name the "
            "destinations in `to`, and the ports in `ports`",
            confidence="high",
        )
        return
    if namespace in policies.broken:
        raise CannotTell(policies.broken[namespace], "lookup-failed")
    if not governing:
        _leave_to_others(pod, context)
        yield Fault(
            pod.spec_path,
            "no NetworkPolicy among the scanned objects selects this pod for egress, so it may connect to "
            "anywhere: write one with `policyTypes: [Egress]` that names the destinations",
        )


def _leave_to_others(pod: PodView, context: Context) -> None:
    other = first_other(context.lookups, pod.resource.namespace)
    if other is not None:
        raise CannotTell(
            f"no NetworkPolicy selects this pod for egress, but {other.kind} `{other.name}` may: policies of this "
            "kind are not read yet",
            "not-evaluable-here",
        )


check = Check(
    id="unrestricted-egress",
    judges="pod",
    severity="low",
    confidence="medium",
    persona="strict",
    find=_find,
    needs=("inventory",),
    references=(REFERENCE,),
)
