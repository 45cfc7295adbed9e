"""privilege-granting-role: a role that takes rights it was not given."""

from typing import Any

import pytest

from bartizan.checks.rbac.privilege_granting_role import check
from tests.checks.cases import Cases
from tests.checks.rbac.objects import RBAC, ill_typed, role, rule, without_rules
from tests.harness import judge

CASES = Cases(
    passes=[role(rule("get create update", "roles rolebindings", RBAC)), role(rule("impersonate", "users"))],
    fails=[role(rule("escalate", "clusterroles", RBAC)), role(rule("bind", "clusterroles", RBAC), kind="Role")],
    absent=without_rules(),
    absent_fails=False,
    ill_typed=ill_typed("roles", RBAC),
)


@pytest.mark.parametrize(
    ("one", "in_cluster", "in_namespace", "in_system"),
    [
        (rule("escalate", "clusterroles", RBAC), "high", "", ""),
        (rule("escalate", "roles", RBAC), "high", "medium", "medium"),
        (rule("bind", "clusterroles", RBAC), "high", "medium", "medium"),
        (rule("bind", "roles", RBAC), "high", "medium", "medium"),
        (rule("bind", "clusterroles", RBAC, resourceNames=["view"]), "medium", "low", "low"),
        (rule("bind", "clusterroles", RBAC, resourceNames=["view", "cluster-admin"]), "high", "medium", "medium"),
    ],
)
def test_the_weight_is_by_reach(one: dict[str, Any], in_cluster: str, in_namespace: str, in_system: str) -> None:
    """In a ClusterRole, in a Role, and in a Role of `kube-system`; empty for none."""
    roles = [role(one), role(one, kind="Role", namespace="shop"), role(one, kind="Role", namespace="kube-system")]
    found = [[finding.severity for finding in judge(check, each)] for each in roles]
    assert found == [[severity] if severity else [] for severity in (in_cluster, in_namespace, in_system)]


@pytest.mark.parametrize(
    "one",
    [
        rule("get list watch create update", "roles rolebindings", RBAC),
        rule("bind", "roles"),
        rule("bind", "rolebindings", RBAC),
        rule("*", "roles", RBAC),
    ],
)
def test_other_rights_pass_and_wildcards_are_told_elsewhere(one: dict[str, Any]) -> None:
    assert judge(check, role(rule("get", "nodes"), one)) == []


def test_the_message_names_the_rights_and_what_they_lead_to() -> None:
    (finding,) = judge(check, role(rule("get", "nodes"), rule("get bind", "roles", RBAC)))
    assert finding.path == ("rules", 1)
    assert "`bind` on `roles`" in finding.message
    assert "rights they were not given" in finding.message
    assert finding.fix is None
