"""collection-deletion-allowed: a role that empties a namespace in one request."""

from typing import Any

import pytest

from bartizan.app import plugins
from bartizan.app.selection import Selection, judges
from bartizan.checks.rbac.collection_deletion_allowed import check
from bartizan.evaluate import evaluate
from bartizan.lookups import Inventory
from bartizan.model.review import Review
from tests.checks.cases import Cases
from tests.checks.rbac.objects import ill_typed, role, rule, without_rules
from tests.harness import TODAY, judge, resource

CASES = Cases(
    passes=[role(rule("get list delete", "pods")), role(rule("deletecollection", "pods", resourceNames=["web"]))],
    fails=[role(rule("deletecollection", "pods")), role(rule("deletecollection", "jobs", "batch"), kind="Role")],
    absent=without_rules(),
    absent_fails=False,
    ill_typed=ill_typed("pods"),
)


@pytest.mark.parametrize(("kind", "severity"), [("ClusterRole", "medium"), ("Role", "low")])
def test_the_weight_is_by_reach(kind: str, severity: str) -> None:
    (finding,) = judge(check, role(rule("get", "pods"), rule("delete deletecollection", "b a"), kind=kind))
    assert (finding.severity, finding.path) == (severity, ("rules", 1))
    assert "`deletecollection` on `a`, `b`," in finding.message


def test_long_lists_are_cut() -> None:
    (finding,) = judge(check, role(rule("deletecollection", "a b c d e f")))
    assert "`d` and 2 more" in finding.message


@pytest.mark.parametrize(
    "one",
    [
        rule("*", "pods"),
        rule("deletecollection", "*"),
        {"resources": ["pods"], "verbs": ["deletecollection"]},
        {"apiGroups": [""], "verbs": ["deletecollection"], "nonResourceURLs": ["/x"]},
    ],
)
def test_wildcards_are_told_elsewhere_and_half_rules_allow_nothing(one: dict[str, Any]) -> None:
    assert judge(check, role(one)) == []


def test_a_rule_that_another_check_tells_is_not_told_again() -> None:
    both = judges(plugins.checks(), Selection(select=("collection-deletion-allowed", "secrets-writable")))
    raw = resource(role(rule("deletecollection", "secrets"), rule("deletecollection", "pods")))
    found = evaluate(both, [Review(raw)], Inventory([raw]), TODAY).findings
    assert sorted((finding.check, finding.path[1]) for finding in found) == [
        ("collection-deletion-allowed", 1),
        ("secrets-writable", 0),
    ]
