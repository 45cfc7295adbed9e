"""permissive-mutual-tls: a mesh that asks nobody who he is."""

from typing import Any

import pytest

from bartizan.checks.network.permissive_mutual_tls import check
from tests.checks.cases import Cases
from tests.checks.network.objects import thing
from tests.harness import judge


def peer(**spec: Any) -> dict[str, Any]:
    return thing("security.istio.io/v1", "PeerAuthentication", spec=spec)


CASES = Cases(
    passes=[peer(mtls={"mode": "STRICT"}), peer(mtls={"mode": "UNSET"}), peer(portLevelMtls={})],
    fails=[peer(mtls={"mode": "PERMISSIVE"}), peer(mtls={"mode": "DISABLE"})],
    absent=peer(),
    absent_fails=False,
    ill_typed=[peer(mtls="STRICT"), peer(mtls={"mode": 1}), peer(portLevelMtls={"80": "STRICT"})],
)


@pytest.mark.parametrize(("mode", "severity"), [("PERMISSIVE", "low"), ("DISABLE", "medium")])
def test_what_may_encrypt_weighs_less_than_what_may_not(mode: str, severity: str) -> None:
    (finding,) = judge(check, peer(mtls={"mode": mode}))
    assert (finding.severity, finding.persona, finding.path) == (severity, "strict", ("spec", "mtls", "mode"))


@pytest.mark.parametrize("port", ["8080", 8080])
def test_an_exception_for_a_port_is_found(port: object) -> None:
    (finding,) = judge(check, peer(mtls={"mode": "STRICT"}, portLevelMtls={port: {"mode": "DISABLE"}}))
    assert finding.path == ("spec", "portLevelMtls", port, "mode")
