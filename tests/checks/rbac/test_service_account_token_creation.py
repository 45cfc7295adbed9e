"""service-account-token-creation: a role that makes tokens of other accounts."""

from typing import Any

import pytest

from bartizan.checks.rbac.service_account_token_creation import check
from tests.checks.cases import Cases
from tests.checks.rbac.objects import ill_typed, role, rule, without_rules
from tests.harness import judge

CASES = Cases(
    passes=[role(rule("get create", "serviceaccounts")), role(rule("get", "serviceaccounts/token"))],
    fails=[
        role(rule("create", "serviceaccounts/token")),
        role(rule("create", "serviceaccounts/token"), kind="Role"),
    ],
    absent=without_rules(),
    absent_fails=False,
    ill_typed=ill_typed("serviceaccounts/token"),
)


@pytest.mark.parametrize(
    ("one", "in_cluster", "in_namespace", "in_system"),
    [
        (rule("create", "serviceaccounts/token"), "high", "medium", "high"),
        (rule("create", "*/token"), "high", "medium", "high"),
        (rule("create", "serviceaccounts/token", resourceNames=["backup"]), "medium", "low", "medium"),
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
        rule("get", "serviceaccounts/token"),
        rule("create", "serviceaccounts"),
        rule("create", "serviceaccounts/token", "apps"),
        rule("*", "serviceaccounts/token"),
    ],
)
def test_other_rights_pass_and_wildcards_are_told_elsewhere(one: dict[str, Any]) -> None:
    assert judge(check, role(rule("get", "nodes"), one)) == []


def test_the_message_names_the_rights_and_what_they_lead_to() -> None:
    (finding,) = judge(check, role(rule("get", "nodes"), rule("create", "serviceaccounts/token")))
    assert finding.path == ("rules", 1)
    assert "`create` on `serviceaccounts/token`" in finding.message
    assert "the rights of every ServiceAccount" in finding.message
    assert finding.fix is None
