"""Roles and bindings with a change, for the tests of this folder."""

from typing import Any

API = "rbac.authorization.k8s.io/v1"


def role(*rules: dict[str, Any], kind: str = "ClusterRole") -> dict[str, Any]:
    """A role with these rules."""
    return {"apiVersion": API, "kind": kind, "metadata": {"name": "reader"}, "rules": list(rules)}


def rule(verbs: str, resources: str, groups: str = "", **fields: Any) -> dict[str, Any]:
    """A rule from words: `rule("get list", "secrets")`."""
    return {
        "apiGroups": groups.split() or [""],
        "resources": resources.split(),
        "verbs": verbs.split(),
        **fields,
    }


def bound(
    *subjects: dict[str, Any], kind: str = "ClusterRoleBinding", role: str = "view", role_kind: str = "ClusterRole"
) -> dict[str, Any]:
    """A binding of these subjects."""
    space = {"namespace": "shop"} if kind == "RoleBinding" else {}
    return {
        "apiVersion": API,
        "kind": kind,
        "metadata": {"name": "b", **space},
        "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": role_kind, "name": role},
        "subjects": list(subjects),
    }


def subject(kind: str, name: str, **fields: Any) -> dict[str, Any]:
    """A subject."""
    return {"kind": kind, "name": name, **fields}
