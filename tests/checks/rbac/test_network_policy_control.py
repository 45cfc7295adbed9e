"""network-policy-control: a role that opens closed ways."""

from typing import Any

import pytest

from bartizan.checks.rbac.network_policy_control import check
from tests.checks.cases import Cases
from tests.checks.rbac.objects import ill_typed, role, rule, without_rules
from tests.harness import judge

CASES = Cases(
    passes=[
        role(rule("get list watch", "networkpolicies", "networking.k8s.io")),
        role(rule("create", "ingresses", "networking.k8s.io")),
    ],
    fails=[
        role(rule("delete", "networkpolicies", "networking.k8s.io")),
        role(rule("patch", "ciliumnetworkpolicies", "cilium.io"), kind="Role"),
    ],
    absent=without_rules(),
    absent_fails=False,
    ill_typed=ill_typed("networkpolicies", "networking.k8s.io"),
)


@pytest.mark.parametrize(
    ("one", "in_cluster", "in_namespace", "in_system"),
    [
        (rule("create", "networkpolicies", "networking.k8s.io"), "medium", "low", "low"),
        (rule("patch", "ciliumclusterwidenetworkpolicies", "cilium.io"), "medium", "", ""),
        (rule("delete", "globalnetworkpolicies", "crd.projectcalico.org"), "medium", "", ""),
        (rule("delete", "clusternetworkpolicies", "policy.networking.k8s.io"), "medium", "", ""),
        (rule("update", "networkpolicies", "networking.k8s.io", resourceNames=["web"]), "low", "info", "info"),
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
        rule("get list watch", "networkpolicies", "networking.k8s.io"),
        rule("create", "networkpolicies"),
        rule("update", "networkpolicies/status", "networking.k8s.io"),
        rule("*", "networkpolicies", "networking.k8s.io"),
    ],
)
def test_other_rights_pass_and_wildcards_are_told_elsewhere(one: dict[str, Any]) -> None:
    assert judge(check, role(rule("get", "nodes"), one)) == []


def test_the_message_names_the_rights_and_what_they_lead_to() -> None:
    (finding,) = judge(
        check, role(rule("get", "nodes"), rule("create delete", "networkpolicies", "networking.k8s.io"))
    )
    assert finding.path == ("rules", 1)
    assert "`create`, `delete` on `networkpolicies`" in finding.message
    assert "a policy had closed" in finding.message
    assert finding.fix is None
