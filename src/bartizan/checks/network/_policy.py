"""NetworkPolicies of Kubernetes, as these checks read them."""

from typing import Any

from bartizan.model.resource import GroupKind, Resource
from bartizan.model.selector import SELECTOR
from bartizan.model.shape import ANY, TEXT, TEXTS, Fields, ListOf, conform

POLICIES = (GroupKind("networking.k8s.io", "NetworkPolicy"),)
REFERENCE = "https://kubernetes.io/docs/concepts/services-networking/network-policies/"
_PEERS = ListOf(
    Fields(
        {
            "ipBlock": Fields({"cidr": TEXT, "except": TEXTS}),
            "namespaceSelector": SELECTOR,
            "podSelector": SELECTOR,
        }
    )
)
_PORTS = ListOf(Fields({"port": ANY, "endPort": ANY, "protocol": TEXT}))
_POLICY = Fields(
    {
        "spec": Fields(
            {
                "podSelector": SELECTOR,
                "policyTypes": TEXTS,
                "ingress": ListOf(Fields({"from": _PEERS, "ports": _PORTS})),
                "egress": ListOf(Fields({"to": _PEERS, "ports": _PORTS})),
            }
        )
    }
)


def spec_of(policy: Resource) -> dict[str, Any]:
    """The policy's spec; empty where it has none."""
    spec: dict[str, Any] = conform(policy.raw, _POLICY, (), []).get("spec", {})
    return spec


def governs(spec: dict[str, Any], direction: str) -> bool:
    """Whether it holds for `Ingress` or `Egress`: without `policyTypes`, for egress only if it has rules of it."""
    types = spec.get("policyTypes")
    if types:
        return direction in types
    return direction == "Ingress" or bool(spec.get("egress"))
