"""event-deletion-allowed: a role that covers traces."""

from typing import Any

import pytest

from bartizan.checks.rbac.event_deletion_allowed import check
from tests.checks.cases import Cases
from tests.checks.rbac.objects import ill_typed, role, rule, without_rules
from tests.harness import judge

CASES = Cases(
    passes=[role(rule("create patch", "events")), role(rule("delete", "events", "apps"))],
    fails=[role(rule("delete", "events")), role(rule("deletecollection", "events", "events.k8s.io"), kind="Role")],
    absent=without_rules(),
    absent_fails=False,
    ill_typed=ill_typed("events"),
)


@pytest.mark.parametrize(
    ("one", "in_cluster", "in_namespace", "in_system"),
    [
        (rule("delete", "events"), "low", "low", "low"),
        (rule("deletecollection", "events", "events.k8s.io"), "low", "low", "low"),
    ],
)
def test_the_weight_is_by_reach(one: dict[str, Any], in_cluster: str, in_namespace: str, in_system: str) -> None:
    """In a ClusterRole, in a Role, and in a Role of `kube-system`; empty for none."""
    roles = [role(one), role(one, kind="Role", namespace="shop"), role(one, kind="Role", namespace="kube-system")]
    found = [[finding.severity for finding in judge(check, each)] for each in roles]
    assert found == [[severity] if severity else [] for severity in (in_cluster, in_namespace, in_system)]


@pytest.mark.parametrize(
    "one", [rule("create patch update get list watch", "events"), rule("delete", "pods"), rule("*", "events")]
)
def test_other_rights_pass_and_wildcards_are_told_elsewhere(one: dict[str, Any]) -> None:
    assert judge(check, role(rule("get", "nodes"), one)) == []


def test_the_message_names_the_rights_and_what_they_lead_to() -> None:
    (finding,) = judge(check, role(rule("get", "nodes"), rule("delete", "events")))
    assert finding.path == ("rules", 1)
    assert "`delete` on `events`" in finding.message
    assert "cover traces" in finding.message
    assert finding.fix is None
