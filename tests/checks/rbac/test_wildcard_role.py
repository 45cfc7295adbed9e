"""wildcard-role: a rule that allows more than anybody wrote down."""

from typing import Any

import pytest

from bartizan.checks.rbac.wildcard_role import check
from tests.checks.cases import Cases
from tests.checks.rbac.objects import ill_typed, role, rule, without_rules
from tests.harness import judge, run

CASES = Cases(
    passes=[role(rule("get", "pods")), role(rule("get", "*/scale"), kind="Role")],
    fails=[role(rule("*", "pods")), role(rule("get", "*"), kind="Role")],
    absent=without_rules(),
    absent_fails=False,
    ill_typed=[*ill_typed("pods"), without_rules() | {"aggregationRule": {"clusterRoleSelectors": {}}}],
)


def aggregated(*selectors: dict[str, Any], kind: str = "ClusterRole") -> dict[str, Any]:
    return without_rules(kind) | {"aggregationRule": {"clusterRoleSelectors": list(selectors)}}


@pytest.mark.parametrize("selector", [{}, {"matchLabels": {}}, {"matchLabels": None, "matchExpressions": []}])
def test_an_empty_selector_takes_the_rules_of_every_role(selector: dict[str, Any]) -> None:
    (finding,) = judge(check, aggregated({"matchLabels": {"team": "a"}}, selector))
    assert (finding.severity, finding.path) == ("critical", ("aggregationRule", "clusterRoleSelectors", 1))
    assert "`matchLabels`" in finding.message


def test_a_selector_that_says_something_passes() -> None:
    exists = {"matchExpressions": [{"key": "team", "operator": "Exists"}]}
    assert judge(check, aggregated({"matchLabels": {"team": "a"}}, exists)) == []


def test_a_role_is_not_aggregated() -> None:
    assert judge(check, aggregated({}, kind="Role")) == []


def test_a_broken_selector_is_an_error() -> None:
    (result,) = run(check, aggregated({"matchLabels": "all"})).results
    assert result.verdict == "error"


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


@pytest.mark.parametrize(
    ("one", "severity"),
    [(rule("*", "*", "*"), "critical"), (rule("*", "secrets"), "high"), (rule("*", "*", "argoproj.io"), "low")],
)
def test_what_leads_further_in_kube_system_is_worth_the_cluster(one: dict[str, Any], severity: str) -> None:
    (finding,) = judge(check, role(one, kind="Role", namespace="kube-system"))
    assert finding.severity == severity


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
