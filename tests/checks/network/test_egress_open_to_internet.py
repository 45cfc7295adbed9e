"""egress-open-to-internet: the way out leads everywhere."""

from typing import Any

import pytest

from bartizan.checks.network.egress_open_to_internet import check
from tests.checks.cases import Cases
from tests.checks.network.objects import policy
from tests.harness import judge


def to_range(cidr: object, **rule: Any) -> dict[str, Any]:
    return policy(egress=[{"to": [{"podSelector": {}}, {"ipBlock": {"cidr": cidr}}], **rule}])


CASES = Cases(
    passes=[to_range("10.0.0.0/8"), policy(ingress=[{"from": [{"ipBlock": {"cidr": "0.0.0.0/0"}}]}])],
    fails=[to_range("0.0.0.0/0"), to_range("::/0", ports=[{"port": 443}])],
    absent=policy(),
    absent_fails=False,
    ill_typed=[to_range(0), policy(egress=[{"to": {}}]), policy(egress="all")],
)


@pytest.mark.parametrize(("ports", "severity"), [(None, "low"), ([], "low"), ([{"port": 443}], "info")])
def test_ports_make_it_weigh_less(ports: list[dict[str, int]] | None, severity: str) -> None:
    (finding,) = judge(check, to_range("0.0.0.0/0", ports=ports))
    assert (finding.severity, finding.persona) == (severity, "audit")
    assert finding.path == ("spec", "egress", 0, "to", 1, "ipBlock", "cidr")


def test_rules_of_a_policy_for_ingress_only_say_nothing() -> None:
    rules = to_range("0.0.0.0/0")["spec"]
    assert judge(check, policy(**{**rules, "policyTypes": ["Ingress"]})) == []
    assert len(judge(check, policy(**{**rules, "policyTypes": ["Ingress", "Egress"]}))) == 1
