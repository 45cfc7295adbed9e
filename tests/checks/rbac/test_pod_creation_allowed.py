"""pod-creation-allowed: a role that starts pods."""

from typing import Any

import pytest

from bartizan.checks.rbac.pod_creation_allowed import check
from tests.checks.cases import Cases
from tests.checks.rbac.objects import ill_typed, role, rule, without_rules
from tests.harness import judge

CASES = Cases(
    passes=[role(rule("get list watch delete", "pods")), role(rule("create", "deployments"))],
    fails=[role(rule("create", "pods")), role(rule("patch", "deployments", "apps"), kind="Role")],
    absent=without_rules(),
    absent_fails=False,
    ill_typed=ill_typed("pods"),
)


@pytest.mark.parametrize(
    ("one", "in_cluster", "in_namespace", "in_system"),
    [
        (rule("create", "pods"), "medium", "low", "medium"),
        (rule("patch", "deployments", "apps"), "medium", "low", "medium"),
        (rule("update", "cronjobs", "batch"), "medium", "low", "medium"),
        (rule("create", "replicationcontrollers"), "medium", "low", "medium"),
        (rule("patch", "deployments", "apps", resourceNames=["web"]), "low", "info", "low"),
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
        rule("get list watch delete", "pods"),
        rule("create", "pods/exec"),
        rule("update", "deployments/scale", "apps"),
        rule("create", "pods", "metrics.k8s.io"),
        rule("create", "pods", resourceNames=["web"]),
        rule("*", "pods"),
    ],
)
def test_other_rights_pass_and_wildcards_are_told_elsewhere(one: dict[str, Any]) -> None:
    assert judge(check, role(rule("get", "nodes"), one)) == []


def test_the_message_names_the_rights_and_what_they_lead_to() -> None:
    (finding,) = judge(check, role(rule("get", "nodes"), rule("create", "deployments daemonsets", "apps")))
    assert finding.path == ("rules", 1)
    assert "`create` on `deployments`, `daemonsets`" in finding.message
    assert "any ServiceAccount and Secret" in finding.message
    assert finding.fix is None
