"""service-status-control: a role that leads traffic astray."""

from typing import Any

import pytest

from bartizan.checks.rbac.service_status_control import check
from tests.checks.cases import Cases
from tests.checks.rbac.objects import ill_typed, role, rule, without_rules
from tests.harness import judge

CASES = Cases(
    passes=[role(rule("update", "services")), role(rule("get", "services/status"))],
    fails=[role(rule("patch", "services/status")), role(rule("update", "services/status"), kind="Role")],
    absent=without_rules(),
    absent_fails=False,
    ill_typed=ill_typed("services/status"),
)


@pytest.mark.parametrize(("kind", "severity"), [("ClusterRole", "medium"), ("Role", "low")])
def test_the_weight_is_by_reach(kind: str, severity: str) -> None:
    (finding,) = judge(check, role(rule("update", "services/status"), kind=kind, namespace="shop"))
    assert finding.severity == severity
    assert "`update` on `services/status`" in finding.message


@pytest.mark.parametrize(
    "one",
    [
        rule("create delete", "services/status"),
        rule("update", "services/status", "serving.knative.dev"),
        rule("*", "services/status"),
        rule("update", "services/*"),
    ],
)
def test_other_rights_pass_and_wildcards_are_told_elsewhere(one: dict[str, Any]) -> None:
    assert judge(check, role(rule("get", "nodes"), one)) == []
