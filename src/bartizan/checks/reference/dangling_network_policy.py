"""NetworkPolicy selects no pod.

A policy whose selector fits no pod protects nothing, while everybody takes the pods for protected. Mostly a
label was renamed in the workload and not in the policy.

**Looks at** `podSelector` of NetworkPolicies and the pods of their namespace among the scanned objects. An
empty selector selects every pod, and passes, as does one with a label of a well-known operator. The same is
asked of each `podSelector` in `from` and `to` that stands without a `namespaceSelector`; such a finding weighs
`info`, since it lets nobody in. Where no pod of the namespace was scanned it passes, unless the parameter
`complete` says that everything was.

**Instead** write the labels of the pods that the policy is for:

```yaml
spec:
  podSelector:
    matchLabels: {app: web}
```

**Misses** pods that something else makes: an operator from its own kind of object, or files that were not scanned.
The finding then asks for what exists. An object whose namespace is not written may stand in any.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from bartizan.checks.check import CannotTell, Check, Context, Fault
from bartizan.checks.reference._named import Params
from bartizan.model.path import Path
from bartizan.model.resource import GroupKind, Resource
from bartizan.model.scanned_pods import ScannedPods, made_by_an_operator, scanned_pods
from bartizan.model.selector import SELECTOR, is_empty, readable
from bartizan.model.shape import Fields, ListOf, conform

_PEERS = ListOf(Fields({"namespaceSelector": SELECTOR, "podSelector": SELECTOR}))
_POLICY = Fields(
    {
        "spec": Fields(
            {
                "egress": ListOf(Fields({"to": _PEERS})),
                "ingress": ListOf(Fields({"from": _PEERS})),
                "podSelector": SELECTOR,
            }
        )
    }
)


def _find(policy: Resource, context: Context) -> Iterable[Fault]:
    spec = conform(policy.raw, _POLICY, (), []).get("spec", {})
    own, peers = readable(spec.get("podSelector", {})), list(_peers(spec))
    pods = context.lookups.derive(scanned_pods)
    if not (pods.known(policy.namespace) or context.params.complete):
        return
    if _dangles(own, policy, pods):
        yield Fault(
            ("spec", "podSelector"),
            "selects no pod among the scanned objects of its namespace, so it protects nothing: write the labels of "
            "the pods that it is for",
        )
    for path, selector in peers:
        if _dangles(selector, policy, pods):
            yield Fault(
                path,
                "no pod among the scanned objects of its namespace has these labels, so the rule opens nothing: write "
                "those of the pods that it is for, or remove it",
                severity="info",
            )


def _peers(spec: dict[str, Any]) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Every selector of pods in the policy's own namespace, with its place."""
    for direction, side in (("ingress", "from"), ("egress", "to")):
        for index, rule in enumerate(spec.get(direction, ())):
            for place, peer in enumerate(rule.get(side, ())):
                if "podSelector" in peer and "namespaceSelector" not in peer:
                    path = ("spec", direction, index, side, place, "podSelector")
                    yield path, readable(peer["podSelector"])


def _dangles(selector: dict[str, Any], policy: Resource, pods: ScannedPods) -> bool:
    space = policy.namespace
    if (
        is_empty(selector)
        or made_by_an_operator(selector)
        or next(pods.selected(space, selector), None) is not None
    ):
        return False
    if space in pods.broken:
        raise CannotTell(pods.broken[space], "lookup-failed")
    return True


check = Check(
    id="dangling-network-policy",
    judges="object",
    kinds=(GroupKind("networking.k8s.io", "NetworkPolicy"), GroupKind("extensions", "NetworkPolicy")),
    severity="low",
    confidence="medium",
    persona="strict",
    find=_find,
    needs=("inventory",),
    params=Params,
    references=("https://kubernetes.io/docs/concepts/services-networking/network-policies/",),
)
