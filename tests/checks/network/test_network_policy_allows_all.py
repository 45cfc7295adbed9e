"""network-policy-allows-all: a guard that is open."""

from typing import Any

import pytest

from bartizan.checks.network.network_policy_allows_all import check
from tests.checks.cases import Cases
from tests.checks.network.objects import policy
from tests.harness import judge

WEB = {"podSelector": {"matchLabels": {"app": "web"}}}

CASES = Cases(
    passes=[policy(ingress=[]), policy(ingress=[{"from": [WEB]}]), policy(ingress=[{"ports": [{"port": 80}]}])],
    fails=[policy(ingress=[{}]), policy(ingress=[{"from": [{"namespaceSelector": {}}]}])],
    absent=policy(),
    absent_fails=False,
    ill_typed=[
        policy(ingress={}),
        policy(ingress=["all"]),
        policy(ingress=[{"from": {}}]),
        policy(ingress=[{"from": [{"namespaceSelector": []}]}]),
        policy(policyTypes="Ingress"),
    ],
)


@pytest.mark.parametrize("rule", [{}, {"from": []}, {"from": None, "ports": None}, {"ports": []}])
def test_a_rule_that_names_nobody_and_nothing_is_found(rule: dict[str, Any]) -> None:
    (finding,) = judge(check, policy(ingress=[{"from": [WEB]}, rule]))
    assert (finding.severity, finding.persona, finding.path) == ("medium", "regular", ("spec", "ingress", 1))


@pytest.mark.parametrize(
    "peer",
    [
        {"namespaceSelector": {}},
        {"namespaceSelector": {"matchLabels": {}}, "podSelector": {}},
        {"namespaceSelector": {"matchExpressions": []}},
    ],
)
def test_every_pod_of_the_cluster_weighs_less(peer: dict[str, Any]) -> None:
    (finding,) = judge(check, policy(ingress=[{"from": [WEB, peer]}]))
    assert (finding.severity, finding.path) == ("low", ("spec", "ingress", 0, "from"))


@pytest.mark.parametrize(
    "peer",
    [
        {"podSelector": {}},
        {"namespaceSelector": {"matchLabels": {"team": "shop"}}},
        {"namespaceSelector": {}, **WEB},
        {"ipBlock": {"cidr": "0.0.0.0/0"}},
        {},
    ],
)
def test_some_pods_or_addresses_pass_here(peer: dict[str, Any]) -> None:
    """Of addresses another check tells; an empty peer is refused by the API server."""
    assert judge(check, policy(ingress=[{"from": [peer]}])) == []


def test_a_port_makes_it_a_public_program() -> None:
    open_port = {"ports": [{"port": 443}]}
    assert judge(check, policy(ingress=[open_port, {"from": [{"namespaceSelector": {}}], **open_port}])) == []


@pytest.mark.parametrize(
    ("types", "found"), [(None, 1), ([], 1), (["Ingress"], 1), (["Ingress", "Egress"], 1), (["Egress"], 0)]
)
def test_rules_of_a_policy_for_egress_only_say_nothing(types: list[str] | None, found: int) -> None:
    assert len(judge(check, policy(policyTypes=types, ingress=[{}], egress=[{}]))) == found
