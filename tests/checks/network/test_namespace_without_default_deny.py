"""namespace-without-default-deny: the next pod is open."""

from typing import Any

import pytest

from bartizan.checks.network.namespace_without_default_deny import Params, check
from tests.checks.cases import Cases
from tests.checks.network.objects import policy, thing
from tests.harness import judge, run

NAMESPACE = {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "shop"}}
BOTH = ["Ingress", "Egress"]
WEB = {"matchLabels": {"app": "web"}}

CASES = Cases(
    passes=[[NAMESPACE, policy(policyTypes=BOTH)], [NAMESPACE, policy(), policy(policyTypes=["Egress"])]],
    fails=[[NAMESPACE, policy()], [NAMESPACE, policy(podSelector=WEB, policyTypes=BOTH)]],
    absent=NAMESPACE,
    absent_fails=False,
    ill_typed=[
        {"apiVersion": "v1", "kind": "Namespace", "metadata": []},
        [NAMESPACE, policy(podSelector="all")],
        [NAMESPACE, policy(policyTypes=BOTH, egress="all")],
    ],
)


def missing(*policies: dict[str, Any], params: Params | None = None) -> list[str]:
    """The directions that nothing denies."""
    return [finding.evidence for finding in judge(check, NAMESPACE, *policies, params=params or Params())]


@pytest.mark.parametrize(
    ("policies", "expected"),
    [
        ([policy()], ["Egress"]),
        ([policy(policyTypes=["Egress"])], ["Ingress"]),
        ([policy(podSelector=WEB)], BOTH),
        ([policy(policyTypes=BOTH, ingress=[{}])], ["Ingress"]),
        ([policy(policyTypes=BOTH, egress=[{"ports": [{"port": 53}]}, {"to": []}])], ["Egress"]),
        ([policy(policyTypes=BOTH, ingress=[{"from": [{"podSelector": {}}]}])], []),
        ([policy(podSelector=WEB), policy(policyTypes=BOTH)], []),
        ([policy(podSelector=None, policyTypes=BOTH)], []),
        ([policy(namespace="other")], []),
    ],
)
def test_each_direction_is_asked_for(policies: list[dict[str, Any]], expected: list[str]) -> None:
    """A rule that allows everything denies nothing; a namespace without any policy is told elsewhere."""
    assert missing(*policies) == expected


def test_the_directions_can_be_chosen() -> None:
    assert missing(policy(), params=Params(directions=("Ingress",))) == []
    assert missing(policy(podSelector=WEB), params=Params(directions=("Ingress",))) == ["Ingress"]


def test_the_finding_is_an_opinion() -> None:
    (finding,) = judge(check, NAMESPACE, policy())
    assert (finding.severity, finding.confidence, finding.persona) == ("low", "medium", "audit")
    assert "`policyTypes: [Egress]`" in finding.message


def test_a_policy_that_cannot_be_read_may_deny() -> None:
    broken = policy("broken", podSelector=1)
    (result,) = run(check, NAMESPACE, policy(), broken).results
    assert (result.verdict, result.reason) == ("error", "lookup-failed")
    assert missing(policy(policyTypes=BOTH), broken) == []


def test_where_policies_of_another_kind_stand_nobody_can_tell() -> None:
    (result,) = run(check, NAMESPACE, policy(), thing("cilium.io/v2", "CiliumNetworkPolicy")).results
    assert (result.verdict, result.reason) == ("skip", "not-evaluable-here")
