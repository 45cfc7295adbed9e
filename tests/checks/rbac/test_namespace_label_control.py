"""namespace-label-control: a role that lifts Pod Security by a label."""

from typing import Any

import pytest

from bartizan.checks.rbac.namespace_label_control import check
from tests.checks.cases import Cases
from tests.checks.rbac.objects import ill_typed, role, rule, without_rules
from tests.harness import judge

CASES = Cases(
    passes=[role(rule("get list watch", "namespaces")), role(rule("create", "namespaces"))],
    fails=[role(rule("patch", "namespaces")), role(rule("update", "namespaces"), kind="Role")],
    absent=without_rules(),
    absent_fails=False,
    ill_typed=ill_typed("namespaces"),
)


@pytest.mark.parametrize(
    ("one", "in_cluster", "in_namespace", "in_system"),
    [
        (rule("patch", "namespaces"), "medium", "low", "low"),
        (rule("update", "namespaces"), "medium", "low", "low"),
        (rule("patch", "namespaces", resourceNames=["shop"]), "low", "info", "info"),
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
        rule("get list watch create delete", "namespaces"),
        rule("update", "namespaces/status"),
        rule("patch", "namespaces", "apps"),
        rule("*", "namespaces"),
    ],
)
def test_other_rights_pass_and_wildcards_are_told_elsewhere(one: dict[str, Any]) -> None:
    assert judge(check, role(rule("get", "nodes"), one)) == []


def test_the_message_names_the_rights_and_what_they_lead_to() -> None:
    (finding,) = judge(check, role(rule("get", "nodes"), rule("update patch", "namespaces")))
    assert finding.path == ("rules", 1)
    assert "`update`, `patch` on `namespaces`" in finding.message
    assert "by a label" in finding.message
    assert finding.fix is None
