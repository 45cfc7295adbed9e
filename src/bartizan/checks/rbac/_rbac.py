"""What the checks of roles and bindings share: whose objects are left alone, what weighs how much and leads up."""

from collections.abc import Iterator

from bartizan.access import reading
from bartizan.access.access import access_of
from bartizan.access.reading import Binding, is_cluster_wide
from bartizan.access.rule import Rule
from bartizan.access.takeover import SYSTEM, ways_up
from bartizan.checks.check import CannotTell, Context
from bartizan.model.finding import Severity
from bartizan.model.resource import Resource
from bartizan.model.unknown import Unknown

REFERENCE = "https://kubernetes.io/docs/concepts/security/rbac-good-practices/"


def weight(resource: Resource, *, cluster: Severity, namespace: Severity) -> Severity:
    """The severity in the whole cluster or in one namespace, by the object's kind."""
    return cluster if is_cluster_wide(resource) else namespace


def leads_out(resource: Resource) -> bool:
    """Whether power over pods, Secrets and accounts there is power over the cluster."""
    return is_cluster_wide(resource) or resource.namespace == SYSTEM


def rules(role: Resource) -> tuple[Rule, ...]:
    """The rules of a role; none for one that Kubernetes makes itself."""
    read = reading.read_role(role)
    return () if read.made_by_kubernetes else read.rules


def plain_rules(role: Resource) -> Iterator[Rule]:
    """The rules without a wildcard: those with one are told by `wildcard-role`."""
    return (rule for rule in rules(role) if not rule.wildcard)


def binding(resource: Resource) -> Binding | None:
    """What a binding says; None for one that Kubernetes makes itself."""
    read = reading.read_binding(resource)
    return None if read.made_by_kubernetes else read


def ways(bound: Binding, context: Context) -> tuple[str, ...]:
    """The ways in which a binding's role, where it is bound, takes over the cluster; default roles are known.

    The check needs the table `bootstrap-roles`. A role that cannot be told raises CannotTell.
    """
    found = context.lookups.derive(access_of).completed(context.data).rules(bound)
    if isinstance(found, Unknown):
        failed = found.code == "lookup-failed"
        raise CannotTell(found.message, "lookup-failed" if failed else "not-evaluable-here")
    return ways_up(found, bound.namespace, context.minor)
