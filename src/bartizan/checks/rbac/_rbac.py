"""What the checks of roles and bindings share: whose objects are left alone, and how much a place weighs."""

from collections.abc import Iterator

from bartizan.access import reading
from bartizan.access.reading import Binding, is_cluster_wide
from bartizan.access.rule import Rule
from bartizan.access.takeover import SYSTEM
from bartizan.model.finding import Severity
from bartizan.model.resource import Resource

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
