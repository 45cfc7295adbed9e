"""cidr-with-host-bits: one address, or all of its neighbours?"""

import pytest

from bartizan.checks.network.cidr_with_host_bits import check
from tests.checks.cases import Cases
from tests.checks.network.objects import policy
from tests.harness import judge


def to_range(**block: object) -> dict[str, object]:
    return policy(egress=[{"to": [{"ipBlock": block}]}])


CASES = Cases(
    passes=[to_range(cidr="10.0.0.0/24"), to_range(cidr="2001:db8::/32", **{"except": ["2001:db8::1/128"]})],
    fails=[to_range(cidr="10.0.0.5/24"), policy(ingress=[{"from": [{"ipBlock": {"cidr": "10.0.0.5/8"}}]}])],
    absent=policy(),
    absent_fails=False,
    ill_typed=[to_range(cidr=10), to_range(cidr="10.0.0.0/8", **{"except": "10.0.0.0/24"}), policy(egress={})],
)


@pytest.mark.parametrize(
    ("cidr", "whole", "single"),
    [("10.0.0.5/24", "10.0.0.0/24", "10.0.0.5/32"), ("2001:db8::5/64", "2001:db8::/64", "2001:db8::5/128")],
)
def test_the_message_offers_both(cidr: str, whole: str, single: str) -> None:
    """There is no fix: only the writer knows which was meant."""
    (finding,) = judge(check, to_range(cidr=cidr))
    assert finding.path == ("spec", "egress", 0, "to", 0, "ipBlock", "cidr")
    assert f"`{whole}`" in finding.message
    assert f"`{single}`" in finding.message
    assert (finding.fix, finding.persona) == (None, "audit")


def test_exceptions_are_looked_at_each() -> None:
    (finding,) = judge(check, to_range(cidr="10.0.0.0/8", **{"except": ["10.1.0.0/16", "10.2.0.1/16"]}))
    assert finding.path[-2:] == ("except", 1)


@pytest.mark.parametrize("cidr", ["", "10.0.0.0/33", "10.0.0.0", "web", "10.0.0/8", "::1"])
def test_what_is_no_range_is_found(cidr: str) -> None:
    (finding,) = judge(check, to_range(cidr=cidr))
    assert "is no address range" in finding.message


@pytest.mark.parametrize("cidr", ["10.0.0.0/255.0.0.0", "10.0.0.0/0.255.255.255", "10.0.0.0", "10.0.0.0/"])
def test_a_mask_is_no_prefix_length(cidr: str) -> None:
    (finding,) = judge(check, to_range(cidr=cidr))
    assert "is no address range" in finding.message
