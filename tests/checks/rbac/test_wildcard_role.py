"""wildcard-role: a rule that allows more than anybody wrote down."""

from typing import Any

import pytest

from bartizan.checks.rbac.wildcard_role import check
from tests.checks.rbac.objects import role, rule
from tests.harness import judge


@pytest.mark.parametrize(
    ("one", "in_cluster", "in_namespace"),
    [
        (rule("*", "*", "*"), "critical", "high"),
        (rule("get list", "*", "*"), "high", "medium"),
        (rule("*", "*"), "high", "medium"),
        (rule("*", "secrets"), "high", "medium"),
        (rule("*", "pods services"), "high", "medium"),
        (rule("get", "secrets", "*"), "high", "medium"),
        (rule("*", "clusterroles", "rbac.authorization.k8s.io"), "high", "medium"),
        (rule("*", "*", "argoproj.io"), "medium", "low"),
        (rule("*", "configmaps"), "medium", "low"),
        (rule("get", "*", "metrics.k8s.io"), "medium", "low"),
        (rule("get", "nodes", "*"), "medium", "low"),
        (rule("*", "secrets", resourceNames=["web"]), "medium", "low"),
    ],
)
def test_the_weight_is_what_the_rule_reaches(one: dict[str, Any], in_cluster: str, in_namespace: str) -> None:
    weights = [judge(check, role(one, kind=kind))[0].severity for kind in ("ClusterRole", "Role")]
    assert weights == [in_cluster, in_namespace]


def test_the_message_names_the_fields() -> None:
    (finding,) = judge(check, role(rule("get", "pods"), rule("*", "*", "apps")))
    assert finding.path == ("rules", 1)
    assert "`verbs` and `resources`" in finding.message
    assert "`apiGroups`" not in finding.message


def test_addresses_can_be_wild_too() -> None:
    assert len(judge(check, role({"nonResourceURLs": ["*"], "verbs": ["get"]}))) == 1


@pytest.mark.parametrize(
    "one", [rule("get list watch create update patch delete", "pods"), rule("get", "*/scale"), rule("get", "a*")]
)
def test_named_rights_pass(one: dict[str, Any]) -> None:
    assert judge(check, role(one)) == []


def test_each_rule_is_one_finding() -> None:
    assert len(judge(check, role(rule("*", "pods"), rule("*", "services")))) == 2
