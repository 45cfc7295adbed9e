"""config-map-control-in-kube-system: a role that turns the cluster's names and traffic."""

from typing import Any

import pytest

from bartizan.checks.rbac.config_map_control_in_kube_system import check
from tests.checks.cases import Cases
from tests.checks.rbac.objects import ill_typed, role, rule, without_rules
from tests.harness import judge

CASES = Cases(
    passes=[
        role(rule("get list watch create", "configmaps")),
        role(rule("update", "configmaps"), kind="Role", namespace="shop"),
    ],
    fails=[
        role(rule("update", "configmaps")),
        role(rule("delete", "configmaps"), kind="Role", namespace="kube-system"),
    ],
    absent=without_rules(),
    absent_fails=False,
    ill_typed=ill_typed("configmaps"),
)


@pytest.mark.parametrize(
    ("one", "severity"),
    [
        (rule("update", "configmaps"), "medium"),
        (rule("patch", "configmaps"), "medium"),
        (rule("deletecollection", "configmaps"), "medium"),
        (rule("update", "configmaps", resourceNames=["coredns"]), "medium"),
        (rule("update", "configmaps", resourceNames=["kube-proxy", "mine"]), "medium"),
        (rule("update", "configmaps", resourceNames=["aws-auth"]), "high"),
    ],
)
def test_what_steers_the_cluster_is_found(one: dict[str, Any], severity: str) -> None:
    for raw in (role(one), role(one, kind="Role", namespace="kube-system")):
        (finding,) = judge(check, raw)
        assert (finding.severity, finding.path) == (severity, ("rules", 0))
        assert "`configmaps` of `kube-system`" in finding.message


@pytest.mark.parametrize(
    "one",
    [
        rule("get list watch create", "configmaps"),
        rule("update", "configmaps", resourceNames=["leader-election"]),
        rule("update", "configmaps", "apps"),
        rule("update", "secrets"),
        rule("*", "configmaps"),
    ],
)
def test_other_rights_pass_and_wildcards_are_told_elsewhere(one: dict[str, Any]) -> None:
    assert judge(check, role(one)) == []


def test_a_role_whose_namespace_is_not_written_passes() -> None:
    assert judge(check, role(rule("update", "configmaps"), kind="Role")) == []
