"""node-proxy-access: a role that speaks with kubelets."""

from typing import Any

import pytest

from bartizan.checks.rbac.node_proxy_access import check
from tests.checks.cases import Cases
from tests.checks.rbac.objects import ill_typed, role, rule, without_rules
from tests.harness import judge

CASES = Cases(
    passes=[role(rule("get", "nodes nodes/metrics nodes/stats")), role(rule("get", "nodes/proxy"), kind="Role")],
    fails=[role(rule("get", "nodes/proxy")), role(rule("create", "nodes/proxy"))],
    absent=without_rules(),
    absent_fails=False,
    ill_typed=ill_typed("nodes/proxy"),
)


@pytest.mark.parametrize(
    ("one", "in_cluster", "in_namespace", "in_system"),
    [
        (rule("get", "nodes/proxy"), "high", "", ""),
        (rule("create", "nodes/proxy"), "high", "", ""),
        (rule("get", "*/proxy"), "high", "", ""),
        (rule("get", "nodes/proxy", resourceNames=["node-1"]), "medium", "", ""),
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
        rule("get", "nodes/metrics nodes/log"),
        rule("get", "pods/proxy"),
        rule("delete", "nodes/proxy"),
        rule("*", "nodes/proxy"),
    ],
)
def test_other_rights_pass_and_wildcards_are_told_elsewhere(one: dict[str, Any]) -> None:
    assert judge(check, role(rule("get", "nodes"), one)) == []


def test_the_message_names_the_rights_and_what_they_lead_to() -> None:
    (finding,) = judge(check, role(rule("get", "nodes"), rule("get create", "nodes/proxy")))
    assert finding.path == ("rules", 1)
    assert "`create`, `get` on `nodes/proxy`" in finding.message
    assert "through the kubelet" in finding.message
    assert finding.fix is None
