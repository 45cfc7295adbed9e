"""Small roles and bindings, and what Hypothesis draws of them."""

from typing import Any

from hypothesis import strategies as st

from bartizan.model.resource import Resource
from tests.checks.rbac.objects import API
from tests.harness import resource

NAMESPACES = ["shop", "mail"]
VERBS = ["get", "list", "create", "*"]
GROUPS = ["", "apps", "*"]
RESOURCES = ["pods", "pods/exec", "secrets", "namespaces", "*", "*/exec", "pods/*"]
NAMES = ["web", "shop"]
ROLES = ["one", "two", "three"]
SUBJECTS = [
    {"kind": "User", "name": "ada"},
    {"kind": "User", "name": "system:serviceaccount:shop:web"},
    {"kind": "Group", "name": "ops"},
    {"kind": "Group", "name": "system:authenticated"},
    {"kind": "Group", "name": "system:serviceaccounts:shop"},
    {"kind": "ServiceAccount", "name": "web"},
    {"kind": "ServiceAccount", "name": "web", "namespace": "shop"},
    {"kind": "ServiceAccount", "name": "web", "namespace": "mail"},
]


def some(values: list[Any], most: int = 2) -> st.SearchStrategy[list[Any]]:
    return st.lists(st.sampled_from(values), max_size=most)


RULES = st.fixed_dictionaries(
    {"apiGroups": some(GROUPS), "resources": some(RESOURCES), "verbs": some(VERBS)},
    optional={"resourceNames": some(NAMES), "nonResourceURLs": some(["/metrics", "/health*", "*"])},
)
LABELS = st.dictionaries(st.sampled_from(["a", "b"]), st.sampled_from(["x", "y"]), max_size=2)
SELECTORS = st.one_of(
    LABELS.map(lambda labels: {"matchLabels": labels}),
    st.builds(
        lambda key, operator, values: {
            "matchExpressions": [{"key": key, "operator": operator, "values": values}],
        },
        st.sampled_from(["a", "b"]),
        st.sampled_from(["In", "NotIn", "Exists", "DoesNotExist"]),
        some(["x", "y"]),
    ),
)


def made(kind: str, name: str, namespace: str, labels: dict[str, str] | None = None, **fields: Any) -> Resource:
    place = {} if kind.startswith("Cluster") else {"namespace": namespace}
    metadata = {"name": name, **place, **({"labels": labels} if labels else {})}
    return resource({"apiVersion": API, "kind": kind, "metadata": metadata, **fields})


CLUSTER_ROLES = st.one_of(
    st.builds(
        lambda name, labels, rules: made("ClusterRole", name, "", labels, rules=rules),
        st.sampled_from(ROLES),
        LABELS,
        st.lists(RULES, max_size=2),
    ),
    st.builds(
        lambda name, labels, selectors: made(
            "ClusterRole", name, "", labels, aggregationRule={"clusterRoleSelectors": selectors}
        ),
        st.sampled_from(ROLES),
        LABELS,
        st.lists(SELECTORS, min_size=1, max_size=2),
    ),
)
NAMESPACED_ROLES = st.builds(
    lambda name, namespace, rules: made("Role", name, namespace, rules=rules),
    st.sampled_from(ROLES),
    st.sampled_from(NAMESPACES),
    st.lists(RULES, max_size=2),
)
MANY_ROLES = st.lists(
    st.one_of(CLUSTER_ROLES, NAMESPACED_ROLES),
    max_size=6,
    unique_by=lambda role: (role.kind, role.namespace, role.name),
)
BINDINGS = st.builds(
    lambda kind, namespace, role_kind, role, subjects: made(
        kind, "b", namespace, roleRef={"kind": role_kind, "name": role}, subjects=subjects
    ),
    st.sampled_from(["RoleBinding", "ClusterRoleBinding"]),
    st.sampled_from(NAMESPACES),
    st.sampled_from(["Role", "ClusterRole"]),
    st.sampled_from(ROLES),
    some(SUBJECTS, 3),
)
MANY_BINDINGS = st.lists(BINDINGS, max_size=5)
