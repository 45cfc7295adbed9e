"""port-forward-allowed: a role that reaches ports of pods."""

from typing import Any

import pytest

from bartizan.checks.rbac.port_forward_allowed import check
from tests.checks.cases import Cases
from tests.checks.rbac.objects import ill_typed, role, rule, without_rules
from tests.harness import judge

CASES = Cases(
    passes=[role(rule("get list", "pods pods/log services")), role(rule("get", "nodes/proxy"))],
    fails=[role(rule("create", "pods/portforward")), role(rule("get", "services/proxy"), kind="Role")],
    absent=without_rules(),
    absent_fails=False,
    ill_typed=ill_typed("pods/portforward"),
)


@pytest.mark.parametrize(
    ("one", "in_cluster", "in_namespace", "in_system"),
    [
        (rule("create", "pods/portforward"), "medium", "low", "low"),
        (rule("get", "pods/proxy"), "medium", "low", "low"),
        (rule("update", "services/proxy"), "medium", "low", "low"),
        (rule("get", "services/proxy", resourceNames=["web"]), "low", "info", "info"),
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
        rule("create", "pods/exec"),
        rule("get", "pods services"),
        rule("delete", "pods/portforward"),
        rule("*", "pods/portforward"),
    ],
)
def test_other_rights_pass_and_wildcards_are_told_elsewhere(one: dict[str, Any]) -> None:
    assert judge(check, role(rule("get", "nodes"), one)) == []


def test_the_message_names_the_rights_and_what_they_lead_to() -> None:
    (finding,) = judge(check, role(rule("get", "nodes"), rule("create", "pods/portforward services/proxy")))
    assert finding.path == ("rules", 1)
    assert "`create` on `pods/portforward`, `services/proxy`" in finding.message
    assert "past every NetworkPolicy" in finding.message
    assert finding.fix is None


def test_a_web_socket_needed_no_more_than_get() -> None:
    """From Kubernetes 1.35 on it asks for `create` as well."""
    raw = role(rule("get", "pods/portforward"))
    assert len(judge(check, raw, minor=34)) == 1
    assert judge(check, raw, minor=35) == judge(check, raw) == []
