"""privilege-granting-role: a role that takes rights it was not given."""

from typing import Any

import pytest

from bartizan.checks.rbac.privilege_granting_role import check
from tests.checks.rbac.objects import role, rule
from tests.harness import judge

RBAC = "rbac.authorization.k8s.io"


@pytest.mark.parametrize(
    ("one", "in_cluster", "in_namespace"),
    [
        (rule("escalate", "clusterroles", RBAC), "high", None),
        (rule("escalate", "roles", RBAC), "high", "medium"),
        (rule("bind", "clusterroles", RBAC), "high", "medium"),
        (rule("bind", "roles", RBAC), "high", "medium"),
        (rule("impersonate", "users"), "high", None),
        (rule("impersonate", "groups"), "high", None),
        (rule("impersonate", "serviceaccounts"), "high", "medium"),
        (rule("impersonate", "uids", "authentication.k8s.io"), "high", None),
        (rule("create", "serviceaccounts/token"), "high", "medium"),
        (rule("bind", "clusterroles", RBAC, resourceNames=["view"]), "medium", "low"),
    ],
)
def test_each_way_up_is_found(one: dict[str, Any], in_cluster: str, in_namespace: str | None) -> None:
    """What stands in no namespace is beyond a Role, but it may bind a ClusterRole in its own."""
    found = {
        kind: [finding.severity for finding in judge(check, role(one, kind=kind))]
        for kind in ("ClusterRole", "Role")
    }
    assert found == {"ClusterRole": [in_cluster], "Role": [in_namespace] if in_namespace else []}


def test_the_message_names_the_rights() -> None:
    (finding,) = judge(check, role(rule("get", "pods"), rule("get bind", "roles", RBAC)))
    assert finding.path == ("rules", 1)
    assert "`bind` on `roles`" in finding.message


@pytest.mark.parametrize(
    "one",
    [
        rule("get list watch create update", "roles rolebindings", RBAC),
        rule("get", "serviceaccounts/token"),
        rule("create", "serviceaccounts"),
        rule("bind", "roles"),
        rule("impersonate", "users", "authentication.k8s.io"),
        rule("*", "roles", RBAC),
    ],
)
def test_other_rights_pass_and_wildcards_are_told_elsewhere(one: dict[str, Any]) -> None:
    assert judge(check, role(one)) == []
