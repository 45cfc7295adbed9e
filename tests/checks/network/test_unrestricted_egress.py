"""unrestricted-egress: the way out is open."""

from typing import Any

import pytest

from bartizan.checks.network.unrestricted_egress import check
from tests.checks.cases import Cases
from tests.checks.network.objects import policy, thing
from tests.harness import judge, pod, run

WEB = {"labels": {"app": "web"}}
DNS = {"to": [{"namespaceSelector": {}}], "ports": [{"port": 53}]}

CASES = Cases(
    passes=[{}, {"hostNetwork": True}],
    fails=[{"metadata": {"labels": {"app": "api"}}}, {"metadata": {"labels": None}}],
    absent={"metadata": {"labels": {}}},
    absent_fails=True,
    ill_typed=[{"metadata": {"labels": ["app"]}}, {"hostNetwork": "no"}],
    beside=[
        policy(podSelector={"matchLabels": {"app": "web"}}, policyTypes=["Egress"]),
        policy("open", "other", policyTypes=["Egress"]),
    ],
)


def test_a_pod_that_no_policy_selects_is_found() -> None:
    (finding,) = judge(check, pod({}, **WEB))
    assert (finding.severity, finding.confidence, finding.persona) == ("low", "medium", "strict")
    assert finding.path == ("spec",)
    assert "among the scanned objects" in finding.message
    assert check.needs == ("inventory",)


@pytest.mark.parametrize(
    "spec",
    [
        {"policyTypes": ["Egress"]},
        {"policyTypes": ["Ingress", "Egress"], "egress": None},
        {"egress": [DNS]},
        {"policyTypes": [], "egress": [DNS]},
        {"policyTypes": ["Egress"], "egress": [{"ports": [{"port": 443}]}]},
        {"policyTypes": ["Egress"], "egress": [{"to": [{"podSelector": {}}]}]},
    ],
)
def test_a_policy_that_narrows_the_way_out_protects(spec: dict[str, Any]) -> None:
    """Without `policyTypes` a policy holds for egress where it has rules of it."""
    assert judge(check, pod({}, **WEB), policy(**spec)) == []


@pytest.mark.parametrize(
    "spec",
    [
        {},
        {"egress": []},
        {"policyTypes": ["Ingress"], "egress": [DNS]},
        {"policyTypes": ["Egress"], "podSelector": {"matchLabels": {"app": "api"}}},
    ],
)
def test_a_policy_for_others_or_for_ingress_does_not(spec: dict[str, Any]) -> None:
    (finding,) = judge(check, pod({}, **WEB), policy(**spec))
    assert "no NetworkPolicy" in finding.message


@pytest.mark.parametrize("rule", [{}, {"to": []}, {"to": None, "ports": []}])
def test_a_rule_that_allows_everything_opens_what_others_close(rule: dict[str, Any]) -> None:
    """Rules add up."""
    closed = policy("closed", policyTypes=["Egress"])
    (finding,) = judge(check, pod({}, **WEB), closed, policy("open", egress=[DNS, rule]))
    assert finding.confidence == "high"
    assert "`open`" in finding.message


def test_pods_of_the_host_network_are_left_out() -> None:
    assert judge(check, pod({"hostNetwork": True})) == []


@pytest.mark.parametrize(
    "foreign",
    [
        thing("cilium.io/v2", "CiliumNetworkPolicy", spec={}),
        thing("cilium.io/v2", "CiliumClusterwideNetworkPolicy", namespace="", spec={}),
        thing("policy.networking.k8s.io/v1alpha2", "ClusterNetworkPolicy", namespace="", spec={}),
    ],
)
def test_where_policies_of_another_kind_stand_nobody_can_tell(foreign: dict[str, Any]) -> None:
    (result,) = run(check, pod({}, **WEB), foreign).results
    assert (result.verdict, result.reason) == ("skip", "not-evaluable-here")
    assert foreign["kind"] in result.message


def test_a_policy_that_cannot_be_read_may_open_what_another_closes() -> None:
    """Unlike for ingress: one rule that nobody could read is enough to let everything out."""
    broken = policy("broken", policyTypes=["Egress"], egress="all")
    for others in ([], [policy("closed", policyTypes=["Egress"])]):
        (result,) = run(check, pod({}, **WEB), broken, *others).results
        assert (result.verdict, result.reason) == ("error", "lookup-failed")
        assert "`broken`" in result.message
    assert len(judge(check, pod({}, **WEB), broken, policy("open", egress=[{}]))) == 1
    assert len(judge(check, pod({}, namespace="other"), broken)) == 1
