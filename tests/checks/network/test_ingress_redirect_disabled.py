"""ingress-redirect-disabled: TLS for those who ask for it."""

import pytest

from bartizan.checks.network.ingress_redirect_disabled import check
from tests.checks.cases import Cases
from tests.checks.network.objects import ingress
from tests.harness import judge

TLS = [{"secretName": "c"}]
NGINX = "nginx.ingress.kubernetes.io/ssl-redirect"

CASES = Cases(
    passes=[ingress({NGINX: "true"}, tls=TLS), ingress({NGINX: "false"}, tls=[])],
    fails=[ingress({NGINX: "false"}, tls=TLS), ingress({NGINX: "False"}, tls=TLS)],
    absent=ingress(tls=TLS),
    absent_fails=False,
    ill_typed=[ingress({NGINX: False}, tls=TLS), ingress([], tls=TLS), ingress({NGINX: "false"}, tls={})],
)


@pytest.mark.parametrize(
    "name",
    [
        NGINX,
        "ingress.kubernetes.io/ssl-redirect",
        "haproxy.org/ssl-redirect",
        "haproxy-ingress.github.io/ssl-redirect",
    ],
)
def test_each_controller_has_its_annotation(name: str) -> None:
    """There is no fix: a client that cannot follow a redirect would break."""
    (finding,) = judge(check, ingress({name: "false"}, tls=TLS))
    assert (finding.severity, finding.persona, finding.fix) == ("low", "strict", None)
    assert finding.path == ("metadata", "annotations", name)
    assert f"`{name}:" in finding.message


def test_a_forced_redirect_wins() -> None:
    force = {"nginx.ingress.kubernetes.io/force-ssl-redirect": "true", NGINX: "false"}
    assert judge(check, ingress(force, tls=TLS)) == []
