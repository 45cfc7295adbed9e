"""Roles and bindings with a change, for the tests of this folder."""

from typing import Any

API = "rbac.authorization.k8s.io/v1"
RBAC = "rbac.authorization.k8s.io"


def role(*rules: dict[str, Any], kind: str = "ClusterRole", **metadata: Any) -> dict[str, Any]:
    """A role with these rules."""
    return {"apiVersion": API, "kind": kind, "metadata": {"name": "reader", **metadata}, "rules": list(rules)}


def rule(verbs: str, resources: str, groups: str = "", **fields: Any) -> dict[str, Any]:
    """A rule from words: `rule("get list", "secrets")`."""
    return {
        "apiGroups": groups.split() or [""],
        "resources": resources.split(),
        "verbs": verbs.split(),
        **fields,
    }


def without_rules(kind: str = "ClusterRole") -> dict[str, Any]:
    """A role in which nothing stands."""
    return {"apiVersion": API, "kind": kind, "metadata": {"name": "reader"}}


def ill_typed(resource: str, group: str = "") -> list[dict[str, Any]]:
    """Roles in which one field has another type than the API wants."""
    return [
        role({"apiGroups": [group], "resources": resource, "verbs": ["get"]}),
        role({"apiGroups": [group], "resources": [resource], "verbs": [{"get": True}]}),
        role({"apiGroups": [group], "resources": [resource], "verbs": ["get"], "resourceNames": "web"}),
    ]


def bound(
    *subjects: dict[str, Any],
    kind: str = "ClusterRoleBinding",
    role: str = "view",
    role_kind: str = "ClusterRole",
    namespace: str = "shop",
) -> dict[str, Any]:
    """A binding of these subjects."""
    space = {"namespace": namespace} if kind == "RoleBinding" else {}
    return {
        "apiVersion": API,
        "kind": kind,
        "metadata": {"name": "b", **space},
        "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": role_kind, "name": role},
        "subjects": list(subjects),
    }


def unbound(kind: str = "ClusterRoleBinding", role: str = "view") -> dict[str, Any]:
    """A binding without the field `subjects`."""
    return {key: value for key, value in bound(kind=kind, role=role).items() if key != "subjects"}


def subject(kind: str, name: str, **fields: Any) -> dict[str, Any]:
    """A subject."""
    return {"kind": kind, "name": name, **fields}
