"""Checks of one kind of power: the rules of roles that give it, each told once."""

from collections.abc import Callable, Iterable, Sequence

import msgspec

from bartizan.access.powers import takes_effect
from bartizan.access.reading import is_cluster_wide
from bartizan.access.rule import Power, Rule
from bartizan.checks.check import Context, Fault
from bartizan.checks.rbac._rbac import leads_out, plain_rules
from bartizan.model.finding import Severity
from bartizan.model.resource import Resource

_LESS: dict[Severity, Severity] = {"critical": "high", "high": "medium", "medium": "low", "low": "info"}


def _always(_rule: Rule, _role: Resource) -> bool:
    return True


class Danger(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """A kind of power, what it leads to, and what to write in its place."""

    powers: tuple[Power, ...]
    lets: str
    """What subjects of the role can do then: `act as somebody else`."""
    remedy: str
    """What to write, as the end of the message."""
    cluster: Severity
    """In a ClusterRole. With `resourceNames` it is one step less."""
    namespace: Severity = "low"
    """In a Role."""
    in_system: bool = False
    """Whether a Role of `kube-system` weighs as much as a ClusterRole."""
    counts: Callable[[Rule, Resource], bool] = _always
    """Which of the rules that give it are meant."""

    def find(self, role: Resource, _context: Context) -> Iterable[Fault]:
        """Rules without a wildcard that give one of the powers, where the kind of role reaches it."""
        for rule in plain_rules(role):
            powers = given(rule, role, self.powers)
            if powers and self.counts(rule, role):
                yield Fault(
                    rule.path,
                    f"rule allows {named(powers)}, which lets its subjects {self.lets}: {self.remedy}",
                    severity=self.severity(rule, role),
                )

    def severity(self, rule: Rule, role: Resource) -> Severity:
        """How much the rule weighs: by its reach, and by whether it names the objects."""
        wide = leads_out(role) if self.in_system else is_cluster_wide(role)
        full = self.cluster if wide else self.namespace
        return _LESS[full] if rule.named else full


def given(rule: Rule, role: Resource, powers: Sequence[Power]) -> list[Power]:
    """Those of the powers that the rule gives and the kind of role reaches."""
    everywhere = is_cluster_wide(role)
    return [power for power in powers if rule.allows(power) and takes_effect(power, everywhere=everywhere)]


def named(powers: Sequence[Power]) -> str:
    """The powers in words: `` `create`, `patch` on `pods`, `jobs` ``, by their verbs."""
    verbs_of: dict[str, list[str]] = {}
    for verb, _, resource in powers:
        verbs_of.setdefault(resource, []).append(verb)
    by_verbs: dict[str, list[str]] = {}
    for resource, verbs in verbs_of.items():
        by_verbs.setdefault(_listed(verbs), []).append(resource)
    return " and ".join(f"{verbs} on {_listed(resources)}" for verbs, resources in by_verbs.items())


def _listed(words: Sequence[str]) -> str:
    return ", ".join(f"`{word}`" for word in dict.fromkeys(words))
