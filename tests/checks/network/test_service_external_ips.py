"""service-external-ips: traffic of others, taken."""

from bartizan.checks.network.service_external_ips import check
from tests.checks.cases import Cases
from tests.checks.network.objects import service
from tests.harness import judge

CASES = Cases(
    passes=[service(type="LoadBalancer"), service(externalIPs=[]), service(externalIPs=None)],
    fails=[service(externalIPs=["198.51.100.7"]), service(type="NodePort", externalIPs=["2001:db8::1"])],
    absent=service(),
    absent_fails=False,
    ill_typed=[service(externalIPs="198.51.100.7"), service(externalIPs=[1]), service() | {"spec": "x"}],
)


def test_the_message_names_the_addresses() -> None:
    """There is no fix: what publishes the Service instead, only its owner knows."""
    (finding,) = judge(check, service(externalIPs=["198.51.100.7", "198.51.100.8"]))
    assert (finding.severity, finding.path) == ("high", ("spec", "externalIPs"))
    assert "198.51.100.7, 198.51.100.8" in finding.message
    assert finding.fix is None
