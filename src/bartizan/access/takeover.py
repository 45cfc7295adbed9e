"""Escalation paths: which rights lead to every right in the cluster."""

from collections.abc import Iterable

import msgspec

from bartizan.access.powers import (
    APPROVAL,
    CERTIFICATES,
    IMPERSONATION,
    MUTATING,
    NODE_PROXY,
    SECRETS,
    STARTING,
    TOKENS,
    entry,
    powers,
    takes_effect,
)
from bartizan.access.rule import RBAC, Power, Rule

SYSTEM = "kube-system"
"""The namespace whose accounts may do most: what runs there can become the control plane's own controllers."""

_BINDING = powers("bind", RBAC, "roles clusterroles")
_ESCALATING = powers("escalate", RBAC, "roles clusterroles")
_REQUESTING = powers("create", CERTIFICATES, "certificatesigningrequests")
_APPROVING = powers("approve", CERTIFICATES, "signers")
_MIGHTY = frozenset({"cluster-admin", "system:masters"})
"""Names that are worth as much as no limit: who may bind or impersonate one of these has everything."""


class Way(msgspec.Struct, frozen=True):
    """One way up."""

    does: str
    """What its holder does, as the end of a sentence."""
    steps: tuple[tuple[Power, ...], ...]
    """All of these are needed; of each, any one power."""


_WAYS = (
    Way("bind any role", (_BINDING, powers("create", RBAC, "rolebindings clusterrolebindings"))),
    Way("write any right into a role", (_ESCALATING, powers("create update patch", RBAC, "roles clusterroles"))),
    Way("impersonate others", (IMPERSONATION,)),
    Way("make tokens of any ServiceAccount", (TOKENS,)),
    Way("read every Secret", (SECRETS,)),
    Way("run commands through every kubelet", (NODE_PROXY,)),
    Way("start or change pods of any ServiceAccount", (STARTING,)),
    Way("change what others write, by webhooks or policies", (MUTATING,)),
    Way("approve certificates for any user", (_REQUESTING, APPROVAL, _APPROVING)),
)


def ways_up(rules: Iterable[Rule], namespace: str | None, minor: int) -> tuple[str, ...]:
    """The ways in which some rules, held together, take over the cluster; each as the end of a sentence.

    Args:
        rules: What a role allows, or all that somebody has in one place.
        namespace: Where they hold; None for the whole cluster. In one namespace only `kube-system` leads up.
        minor: The minor of the Kubernetes version to judge by.
    """
    if namespace not in (None, SYSTEM):
        return ()
    held = [rule for rule in rules if not rule.named or not rule.names.isdisjoint(_MIGHTY)]
    if any(rule.everything for rule in held):
        return ("do everything",)
    everywhere = namespace is None
    return tuple(
        way.does
        for way in (*_WAYS, Way("run commands in every container", (entry(minor),)))
        if all(any(_held(power, held, everywhere) for power in step) for step in way.steps)
    )


def _held(power: Power, rules: list[Rule], everywhere: bool) -> bool:
    return takes_effect(power, everywhere=everywhere) and any(rule.allows(power) for rule in rules)
