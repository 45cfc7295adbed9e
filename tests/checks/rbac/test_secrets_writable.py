"""secrets-writable: a role that chooses passwords and keys."""

from typing import Any

import pytest

from bartizan.checks.rbac.secrets_writable import check
from tests.checks.cases import Cases
from tests.checks.rbac.objects import ill_typed, role, rule, without_rules
from tests.harness import judge

CASES = Cases(
    passes=[
        role(rule("get list watch", "secrets")),
        role(rule("update", "secrets", resourceNames=["web"]), kind="Role"),
    ],
    fails=[role(rule("create", "secrets")), role(rule("delete", "secrets"), kind="Role")],
    absent=without_rules(),
    absent_fails=False,
    ill_typed=ill_typed("secrets"),
)


@pytest.mark.parametrize(
    ("one", "in_cluster", "in_namespace", "in_system"),
    [
        (rule("create", "secrets"), "medium", "low", "medium"),
        (rule("update patch", "secrets"), "medium", "low", "medium"),
        (rule("deletecollection", "secrets"), "medium", "low", "medium"),
        (rule("update", "secrets", resourceNames=["web"]), "low", "", ""),
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
        rule("get list watch", "secrets"),
        rule("create", "configmaps"),
        rule("create", "secrets", "secrets.hashicorp.com"),
        rule("create", "secrets", resourceNames=["web"]),
        rule("*", "secrets"),
    ],
)
def test_other_rights_pass_and_wildcards_are_told_elsewhere(one: dict[str, Any]) -> None:
    assert judge(check, role(rule("get", "nodes"), one)) == []


def test_the_message_names_the_rights_and_what_they_lead_to() -> None:
    (finding,) = judge(check, role(rule("get", "nodes"), rule("get create patch", "secrets")))
    assert finding.path == ("rules", 1)
    assert "`create`, `patch` on `secrets`" in finding.message
    assert "passwords and keys" in finding.message
    assert finding.fix is None
