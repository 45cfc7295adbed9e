"""Roles and bindings as the checks of this folder read them: typed, without those of Kubernetes itself."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

import msgspec

from bartizan.model.finding import Severity
from bartizan.model.path import Path
from bartizan.model.pod_shape import METADATA
from bartizan.model.resource import GroupKind, Resource
from bartizan.model.shape import TEXT, TEXTS, Fields, IllTypedField, ListOf, conform

RBAC = "rbac.authorization.k8s.io"
ROLES = (GroupKind(RBAC, "Role"), GroupKind(RBAC, "ClusterRole"))
BINDINGS = (GroupKind(RBAC, "RoleBinding"), GroupKind(RBAC, "ClusterRoleBinding"))
ANYWHERE = "*"
"""The namespace of an account whose namespace is not written."""
REFERENCE = "https://kubernetes.io/docs/concepts/security/rbac-good-practices/"

_ROLE = Fields(
    {
        "metadata": METADATA,
        "rules": ListOf(
            Fields(
                {
                    "apiGroups": TEXTS,
                    "nonResourceURLs": TEXTS,
                    "resourceNames": TEXTS,
                    "resources": TEXTS,
                    "verbs": TEXTS,
                }
            )
        ),
    }
)
_BINDING = Fields(
    {
        "metadata": METADATA,
        "roleRef": Fields({"apiGroup": TEXT, "kind": TEXT, "name": TEXT}),
        "subjects": ListOf(Fields({"apiGroup": TEXT, "kind": TEXT, "name": TEXT, "namespace": TEXT})),
    }
)
_BOOTSTRAPPING = "kubernetes.io/bootstrapping"
_OWN_NAMES = frozenset({"cluster-admin", "admin", "edit", "view", "extension-apiserver-authentication-reader"})
_HARMLESS = frozenset(
    {
        "system:basic-user",
        "system:discovery",
        "system:public-info-viewer",
        "system:service-account-issuer-discovery",
    }
)

Power = tuple[str, str, str]
"""A verb on a resource of a group: `("create", "", "pods/exec")`."""


class Rule(msgspec.Struct, frozen=True, eq=False):
    """One rule of a role."""

    path: Path
    groups: frozenset[str]
    resources: frozenset[str]
    verbs: frozenset[str]
    urls: frozenset[str]
    named: bool
    """Whether it is limited to objects with given names."""

    @property
    def wildcard(self) -> bool:
        """Whether a `*` stands in it, so that nobody has written down what it allows."""
        return "*" in self.verbs or "*" in self.resources or "*" in self.groups or "*" in self.urls

    def allows(self, power: Power) -> bool:
        """Whether it allows a verb on a resource, as the authorizer would answer, whatever the names."""
        verb, group, resource = power
        return (
            (verb in self.verbs or "*" in self.verbs)
            and (group in self.groups or "*" in self.groups)
            and self._covers(resource)
        )

    def _covers(self, resource: str) -> bool:
        if resource in self.resources or "*" in self.resources:
            return True
        _, slash, subresource = resource.partition("/")
        return bool(slash) and f"*/{subresource}" in self.resources


def is_cluster_wide(resource: Resource) -> bool:
    """Whether it is a ClusterRole or a ClusterRoleBinding."""
    return resource.kind.startswith("Cluster")


def weight(resource: Resource, *, cluster: Severity, namespace: Severity) -> Severity:
    """The severity in the whole cluster or in one namespace, by the object's kind."""
    return cluster if is_cluster_wide(resource) else namespace


@lru_cache(maxsize=8)
def rules(role: Resource) -> tuple[Rule, ...]:
    """The rules of a role; none for one that Kubernetes makes itself.

    The checks of one object ask in turn, so it is read once.
    """
    raw = conform(role.raw, _ROLE, (), [])
    if _made_by_kubernetes(role, raw):
        return ()
    return tuple(_rule(("rules", index), rule) for index, rule in enumerate(raw.get("rules", ())))


def plain_rules(role: Resource) -> Iterator[Rule]:
    """The rules without a wildcard: those with one are told by `wildcard-role`."""
    return (rule for rule in rules(role) if not rule.wildcard)


def _rule(path: Path, raw: dict[str, Any]) -> Rule:
    return Rule(
        path,
        frozenset(raw.get("apiGroups", ())),
        frozenset(raw.get("resources", ())),
        frozenset(raw.get("verbs", ())),
        frozenset(raw.get("nonResourceURLs", ())),
        bool(raw.get("resourceNames")),
    )


class Binding(msgspec.Struct, frozen=True, eq=False):
    """Who gets which role."""

    role_kind: str
    role: str
    subjects: tuple[dict[str, Any], ...]

    @property
    def harmless(self) -> bool:
        """Whether the role only tells what everyone may know: versions, health, one's own rights."""
        return self.role_kind == "ClusterRole" and self.role in _HARMLESS

    @property
    def role_title(self) -> str:
        """`ClusterRole view`, as shown to a person."""
        return f"{self.role_kind} {self.role}".strip()


@lru_cache(maxsize=8)
def binding(resource: Resource) -> Binding | None:
    """What a binding says; None for one that Kubernetes makes itself."""
    raw = conform(resource.raw, _BINDING, (), [])
    if _made_by_kubernetes(resource, raw):
        return None
    reference = raw.get("roleRef", {})
    return Binding(reference.get("kind", ""), reference.get("name", ""), tuple(raw.get("subjects", ())))


def account(subject: dict[str, Any], namespace: str) -> tuple[str, str] | None:
    """Namespace and name of the ServiceAccount that a subject names in either spelling; else None."""
    name: str = subject.get("name", "")
    if subject.get("kind") == "ServiceAccount":
        return subject.get("namespace") or namespace, name
    if subject.get("kind") == "User" and name.startswith("system:serviceaccount:"):
        space, _, own = name.removeprefix("system:serviceaccount:").partition(":")
        return space, own
    return None


def bound_accounts(resource: Resource) -> Iterator[tuple[str, str]]:
    """The ServiceAccounts that a binding names; nobody where the API server would refuse it."""
    try:
        subjects: Iterable[dict[str, Any]] = conform(resource.raw, _BINDING, (), []).get("subjects", ())
        found = [account(subject, resource.namespace) for subject in subjects]
    except IllTypedField:
        return
    yield from ((space or ANYWHERE, name) for space, name in filter(None, found))


def title(subject: dict[str, Any], namespace: str) -> str:
    """A subject as shown to a person: `ServiceAccount shop/web`."""
    kind, name = subject.get("kind", ""), subject.get("name", "")
    space = subject.get("namespace") or namespace if kind == "ServiceAccount" else ""
    return f"`{kind} {space}/{name}`" if space else f"`{kind} {name}`"


def _made_by_kubernetes(resource: Resource, raw: dict[str, Any]) -> bool:
    """Whether Kubernetes itself made the object and keeps it up to date.

    The label alone is not believed: a file that is to be applied could carry it to hide what it grants.
    What a file shows of a cluster has a `resourceVersion`, and with one nothing new can be created.
    """
    metadata = raw.get("metadata", {})
    if metadata.get("labels", {}).get(_BOOTSTRAPPING) != "rbac-defaults":
        return False
    if resource.origin.kind == "file" and not metadata.get("resourceVersion"):
        return False
    return resource.name in _OWN_NAMES or resource.name.startswith("system:")
