"""role-binding-control: a role that writes roles and bindings."""

from typing import Any

import pytest

from bartizan.checks.rbac.privilege_granting_role import check as granting
from bartizan.checks.rbac.role_binding_control import check
from bartizan.evaluate import Judge, evaluate
from bartizan.lookups import Inventory
from bartizan.model.review import Review
from tests.checks.cases import Cases
from tests.checks.rbac.objects import RBAC, ill_typed, role, rule, without_rules
from tests.harness import TODAY, judge, resource

CASES = Cases(
    passes=[role(rule("get list watch", "roles rolebindings", RBAC)), role(rule("bind", "clusterroles", RBAC))],
    fails=[
        role(rule("create", "clusterrolebindings", RBAC)),
        role(rule("patch", "rolebindings", RBAC), kind="Role"),
    ],
    absent=without_rules(),
    absent_fails=False,
    ill_typed=ill_typed("rolebindings", RBAC),
)


@pytest.mark.parametrize(
    ("one", "in_cluster", "in_namespace", "in_system"),
    [
        (rule("create", "rolebindings", RBAC), "medium", "low", "low"),
        (rule("update", "clusterrolebindings", RBAC), "medium", "", ""),
        (rule("patch", "clusterroles", RBAC), "medium", "", ""),
        (rule("update", "roles", RBAC, resourceNames=["web"]), "low", "info", "info"),
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
        rule("get list watch delete", "roles rolebindings", RBAC),
        rule("create", "rolebindings"),
        rule("create", "rolebindings", RBAC, resourceNames=["web"]),
        rule("*", "roles", RBAC),
    ],
)
def test_other_rights_pass_and_wildcards_are_told_elsewhere(one: dict[str, Any]) -> None:
    assert judge(check, role(rule("get", "nodes"), one)) == []


def test_the_message_names_the_rights_and_what_they_lead_to() -> None:
    (finding,) = judge(check, role(rule("get", "nodes"), rule("create update", "roles", RBAC)))
    assert finding.path == ("rules", 1)
    assert "`create`, `update` on `roles`" in finding.message
    assert "to anybody" in finding.message
    assert finding.fix is None


def test_a_rule_that_gives_every_right_is_told_once() -> None:
    both = role(rule("create bind", "clusterroles", RBAC))
    read = resource(both)
    judges = [Judge(one, one.params()) for one in (granting, check)]
    findings = evaluate(judges, [Review(read)], Inventory([read]), TODAY).findings
    assert [finding.check for finding in findings] == ["privilege-granting-role"]
