"""allow-all-authorization-policy: a guard that nods."""

from typing import Any

import pytest

from bartizan.checks.network.allow_all_authorization_policy import check
from tests.checks.cases import Cases
from tests.checks.network.objects import thing
from tests.harness import judge

NAMED = {"from": [{"source": {"principals": ["cluster.local/ns/shop/sa/web"]}}]}


def authorization(**spec: Any) -> dict[str, Any]:
    return thing("security.istio.io/v1", "AuthorizationPolicy", spec=spec)


CASES = Cases(
    passes=[authorization(rules=[NAMED]), authorization(rules=[]), authorization(action="DENY", rules=[{}])],
    fails=[authorization(rules=[{}]), authorization(action="ALLOW", rules=[NAMED, {"from": []}])],
    absent=authorization(),
    absent_fails=False,
    ill_typed=[
        authorization(rules={}),
        authorization(rules=["all"]),
        authorization(rules=[{"from": {}}]),
        authorization(action=1, rules=[NAMED]),
    ],
)


def test_the_rule_is_named_by_its_place() -> None:
    """`spec: {}` is another thing: it allows nobody."""
    (finding,) = judge(check, authorization(rules=[NAMED, {"from": None, "when": []}]))
    assert (finding.severity, finding.persona, finding.path) == ("medium", "strict", ("spec", "rules", 1))


@pytest.mark.parametrize(
    "rule", [{"to": [{}]}, {"when": [{"key": "x"}]}, {"from": [{"source": {"principals": ["*"]}}]}]
)
def test_a_rule_with_a_condition_passes(rule: dict[str, Any]) -> None:
    assert judge(check, authorization(rules=[rule])) == []


@pytest.mark.parametrize("action", ["DENY", "AUDIT", "CUSTOM"])
def test_other_actions_allow_nothing(action: str) -> None:
    assert judge(check, authorization(action=action, rules=[{}])) == []
