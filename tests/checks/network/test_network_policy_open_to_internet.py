"""network-policy-open-to-internet: every address may come."""

from typing import Any

import pytest

from bartizan.checks.network.network_policy_open_to_internet import check
from tests.checks.cases import Cases
from tests.checks.network.objects import policy
from tests.harness import judge


def from_range(cidr: object, **rule: Any) -> dict[str, Any]:
    return policy(ingress=[{"from": [{"podSelector": {}}, {"ipBlock": {"cidr": cidr}}], **rule}])


CASES = Cases(
    passes=[from_range("10.0.0.0/8"), policy(egress=[{"to": [{"ipBlock": {"cidr": "0.0.0.0/0"}}]}])],
    fails=[from_range("0.0.0.0/0"), from_range("::/0", ports=[{"port": 80}])],
    absent=policy(),
    absent_fails=False,
    ill_typed=[from_range(0), policy(ingress=[{"from": [{"ipBlock": "0.0.0.0/0"}]}]), policy(ingress="all")],
)


@pytest.mark.parametrize("cidr", ["0.0.0.0/0", "::/0", "10.0.0.0/0"])
def test_a_range_of_everything_is_found(cidr: str) -> None:
    (finding,) = judge(check, from_range(cidr))
    assert (finding.severity, finding.persona) == ("medium", "strict")
    assert finding.path == ("spec", "ingress", 0, "from", 1, "ipBlock", "cidr")
    assert f"`{cidr}`" in finding.message


def test_one_port_weighs_less() -> None:
    assert [finding.severity for finding in judge(check, from_range("0.0.0.0/0", ports=[{"port": 80}]))] == ["low"]


def test_exceptions_leave_the_internet_open() -> None:
    block = {"cidr": "0.0.0.0/0", "except": ["10.0.0.0/8"]}
    assert len(judge(check, policy(ingress=[{"from": [{"ipBlock": block}]}]))) == 1


@pytest.mark.parametrize("cidr", ["10.0.0.0/10", "2001:db8::/100", "0.0.0.0/1", ""])
def test_smaller_ranges_pass(cidr: str) -> None:
    assert judge(check, from_range(cidr)) == []


def test_rules_of_a_policy_for_egress_only_say_nothing() -> None:
    rules = from_range("0.0.0.0/0")["spec"]
    assert judge(check, policy(**{**rules, "policyTypes": ["Egress"]})) == []
