"""impersonation-allowed: a role that acts as somebody else."""

from typing import Any

import pytest

from bartizan.checks.rbac.impersonation_allowed import check
from tests.checks.cases import Cases
from tests.checks.rbac.objects import ill_typed, role, rule, without_rules
from tests.harness import judge

CASES = Cases(
    passes=[role(rule("get", "users groups serviceaccounts")), role(rule("impersonate", "users"), kind="Role")],
    fails=[role(rule("impersonate", "groups")), role(rule("impersonate", "serviceaccounts"), kind="Role")],
    absent=without_rules(),
    absent_fails=False,
    ill_typed=ill_typed("users"),
)


@pytest.mark.parametrize(
    ("one", "in_cluster", "in_namespace", "in_system"),
    [
        (rule("impersonate", "users"), "high", "", ""),
        (rule("impersonate", "groups"), "high", "", ""),
        (rule("impersonate", "serviceaccounts"), "high", "medium", "high"),
        (rule("impersonate", "uids", "authentication.k8s.io"), "high", "", ""),
        (rule("impersonate", "users", resourceNames=["ada"]), "medium", "", ""),
        (rule("impersonate", "groups", resourceNames=["ops", "system:masters"]), "high", "", ""),
        (rule("impersonate", "serviceaccounts", resourceNames=["backup"]), "medium", "low", "medium"),
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
        rule("get create", "serviceaccounts"),
        rule("impersonate", "users", "authentication.k8s.io"),
        rule("impersonate", "userextras/scopes", "authentication.k8s.io"),
        rule("*", "users"),
    ],
)
def test_other_rights_pass_and_wildcards_are_told_elsewhere(one: dict[str, Any]) -> None:
    assert judge(check, role(rule("get", "nodes"), one)) == []


def test_the_message_names_the_rights_and_what_they_lead_to() -> None:
    (finding,) = judge(check, role(rule("get", "nodes"), rule("impersonate", "users groups")))
    assert finding.path == ("rules", 1)
    assert "`impersonate` on `users`, `groups`" in finding.message
    assert "act as somebody else" in finding.message
    assert finding.fix is None
