"""Namespace does not deny by default.

Where each NetworkPolicy selects some pods, the next pod that nobody wrote a policy for is open to all. One
policy for every pod of the namespace turns that around: what is not allowed is closed.

**Looks at** Namespaces with some NetworkPolicy among the scanned objects. For ingress and for egress one of
them must select every pod (`podSelector: {}`), hold for that direction, and have no rule that allows
everything. The parameter `directions` names what to ask for. Where policies of Cilium, Calico, Antrea or the
network policy API stand beside them, the verdict is `skip`: they are not read yet. Namespaces without any
policy are told by `namespace-without-network-policy`.

**Instead** deny for every pod, and allow beside it what is needed:

```yaml
kind: NetworkPolicy
apiVersion: networking.k8s.io/v1
metadata: {name: default-deny, namespace: shop}
spec:
  podSelector: {}
  policyTypes: [Ingress, Egress]
```

**Misses** several policies that select every pod together. Policies that are applied from elsewhere are not
seen, and the finding then asks for what exists.
"""

from collections.abc import Iterable, Iterator
from typing import Any, Literal

import msgspec

from bartizan.checks.check import CannotTell, Check, Context, Fault
from bartizan.checks.network._other_policies import first_other
from bartizan.checks.network._policy import REFERENCE, governs, spec_of
from bartizan.model.pod_shape import METADATA
from bartizan.model.resource import GroupKind, Resource
from bartizan.model.selector import is_empty
from bartizan.model.shape import Fields, IllTypedField, conform

_NAMESPACE = Fields({"metadata": METADATA})
_RULES = {"Ingress": ("ingress", "from"), "Egress": ("egress", "to")}


class Params(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What must be denied."""

    directions: tuple[Literal["Ingress", "Egress"], ...] = ("Ingress", "Egress")
    """`Ingress`, `Egress` or both."""


def _find(namespace: Resource, context: Context) -> Iterable[Fault]:
    conform(namespace.raw, _NAMESPACE, (), []).get("metadata")
    policies = context.lookups.objects("networking.k8s.io", "NetworkPolicy", namespace.name)
    specs, broken = _specs(policies)
    missing = [way for way in context.params.directions if not any(_denies(spec, way) for spec in specs)]
    if not policies or not missing:
        return
    if broken:
        raise CannotTell(broken, "lookup-failed")
    other = first_other(context.lookups, namespace.name)
    if other is not None:
        raise CannotTell(
            f"no NetworkPolicy denies by default, but {other.kind} `{other.name}` may: policies of this kind are not "
            "read yet",
            "not-evaluable-here",
        )
    yield from _faults(missing)


def _specs(policies: Iterable[Resource]) -> tuple[list[dict[str, Any]], str]:
    """The specs of policies for every pod, and why some policy cannot be read."""
    specs, broken = [], ""
    for policy in policies:
        try:
            spec = spec_of(policy)
            if is_empty(spec.get("podSelector", {})):
                for direction in _RULES:
                    _denies(spec, direction)  # reads all that will be asked
                specs.append(spec)
        except IllTypedField as error:
            broken = broken or f"NetworkPolicy `{policy.name}` cannot be read: {error}"
    return specs, broken


def _denies(spec: dict[str, Any], direction: str) -> bool:
    rules, peers = _RULES[direction]
    return governs(spec, direction) and all(rule.get(peers) or rule.get("ports") for rule in spec.get(rules, ()))


def _faults(directions: list[str]) -> Iterator[Fault]:
    for direction in directions:
        yield Fault(
            ("metadata", "name"),
            f"no NetworkPolicy among the scanned objects denies {direction.lower()} for every pod of this namespace: "
            f"write one with `podSelector: {{}}` and `policyTypes: [{direction}]`",
            evidence=direction,
        )


check = Check(
    id="namespace-without-default-deny",
    judges="object",
    kinds=(GroupKind("", "Namespace"),),
    severity="low",
    confidence="medium",
    persona="audit",
    find=_find,
    needs=("inventory",),
    params=Params,
    references=(
        REFERENCE,
        "https://kubernetes.io/docs/concepts/services-networking/network-policies/#default-policies",
    ),
)
