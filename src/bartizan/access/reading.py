"""Roles and bindings, typed: an ill-typed field raises `IllTypedField`."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

import msgspec

from bartizan.access.rule import RBAC, Rule
from bartizan.access.who import account
from bartizan.model.path import Path
from bartizan.model.pod_shape import METADATA
from bartizan.model.resource import GroupKind, Resource
from bartizan.model.selector import SELECTOR
from bartizan.model.shape import TEXT, TEXTS, Fields, IllTypedField, ListOf, conform

ROLES = (GroupKind(RBAC, "Role"), GroupKind(RBAC, "ClusterRole"))
BINDINGS = (GroupKind(RBAC, "RoleBinding"), GroupKind(RBAC, "ClusterRoleBinding"))
ANYWHERE = "*"
"""The namespace of an account whose namespace is not written."""

_ROLE = Fields(
    {
        "aggregationRule": Fields({"clusterRoleSelectors": ListOf(SELECTOR)}),
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


class Role(msgspec.Struct, frozen=True, eq=False):
    """What a Role or ClusterRole says."""

    resource: Resource
    rules: tuple[Rule, ...]
    """As written, also where the control plane fills them in."""
    labels: dict[str, str]
    selectors: tuple[dict[str, Any], ...]
    """Of the ClusterRoles that it is made of; none for a role with rules of its own."""

    @property
    def made_by_kubernetes(self) -> bool:
        """Whether Kubernetes itself made it and keeps it up to date."""
        return made_by_kubernetes(self.resource, self.labels)

    @property
    def filled_in(self) -> bool:
        """Whether its written rules are those that a control plane filled in, and not a draft it will replace."""
        return shown_by_cluster(self.resource)


class Binding(msgspec.Struct, frozen=True, eq=False):
    """Who gets which role."""

    resource: Resource
    role_kind: str
    role: str
    subjects: tuple[dict[str, Any], ...]
    labels: dict[str, str]

    @property
    def harmless(self) -> bool:
        """Whether the role only tells what everyone may know: versions, health, one's own rights."""
        return self.role_kind == "ClusterRole" and self.role in _HARMLESS

    @property
    def role_title(self) -> str:
        """`ClusterRole view`, as shown to a person."""
        return f"{self.role_kind} {self.role}".strip()

    @property
    def made_by_kubernetes(self) -> bool:
        """Whether Kubernetes itself made it and keeps it up to date."""
        return made_by_kubernetes(self.resource, self.labels)

    @property
    def namespace(self) -> str | None:
        """Where it holds; None for the whole cluster."""
        return None if is_cluster_wide(self.resource) else self.resource.namespace


def is_cluster_wide(resource: Resource) -> bool:
    """Whether it is a ClusterRole or a ClusterRoleBinding."""
    return resource.kind.startswith("Cluster")


@lru_cache(maxsize=8)
def read_role(resource: Resource) -> Role:
    """What a role says. The checks of one object ask in turn, so it is read once."""
    raw = conform(resource.raw, _ROLE, (), [])
    return Role(
        resource,
        tuple(_rule(("rules", index), rule) for index, rule in enumerate(raw.get("rules", ()))),
        raw.get("metadata", {}).get("labels", {}),
        tuple(raw.get("aggregationRule", {}).get("clusterRoleSelectors", ())),
    )


@lru_cache(maxsize=8)
def read_binding(resource: Resource) -> Binding:
    """What a binding says."""
    raw = conform(resource.raw, _BINDING, (), [])
    reference = raw.get("roleRef", {})
    return Binding(
        resource,
        reference.get("kind", ""),
        reference.get("name", ""),
        tuple(raw.get("subjects", ())),
        raw.get("metadata", {}).get("labels", {}),
    )


def _rule(path: Path, raw: dict[str, Any]) -> Rule:
    return Rule(
        path,
        groups=frozenset(raw.get("apiGroups", ())),
        resources=frozenset(raw.get("resources", ())),
        verbs=frozenset(raw.get("verbs", ())),
        urls=frozenset(raw.get("nonResourceURLs", ())),
        names=frozenset(raw.get("resourceNames", ())),
    )


def bound_accounts(resource: Resource) -> Iterator[tuple[str, str]]:
    """The ServiceAccounts that a binding names; nobody where the API server would refuse it."""
    try:
        subjects: Iterable[dict[str, Any]] = conform(resource.raw, _BINDING, (), []).get("subjects", ())
        found = [account(subject, resource.namespace) for subject in subjects]
    except IllTypedField:
        return
    yield from ((space or ANYWHERE, name) for space, name in filter(None, found))


def shown_by_cluster(resource: Resource) -> bool:
    """Whether the object is as a cluster has it: with a `resourceVersion` nothing new can be created."""
    return resource.origin.kind != "file" or bool(resource.metadata.get("resourceVersion"))


def made_by_kubernetes(resource: Resource, labels: dict[str, str]) -> bool:
    """Whether Kubernetes itself made the object and keeps it up to date.

    The label alone is not believed: a file that is to be applied could carry it to hide what it grants.
    """
    if labels.get(_BOOTSTRAPPING) != "rbac-defaults" or not shown_by_cluster(resource):
        return False
    return resource.name in _OWN_NAMES or resource.name.startswith("system:")
