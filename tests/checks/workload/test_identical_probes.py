"""identical-probes: killed where it should only get no requests."""

from typing import Any

import pytest

from bartizan.checks.workload.identical_probes import check
from tests.checks.cases import Cases
from tests.harness import container, judge, pod

READY = {"httpGet": {"path": "/ready", "port": "http"}}
LIVE = {"httpGet": {"path": "/live", "port": "http"}}


def probes(liveness: Any, readiness: Any) -> dict[str, Any]:
    return {"livenessProbe": liveness, "readinessProbe": readiness}


CASES = Cases(
    passes=[
        probes(LIVE, READY),
        probes(None, READY),
        probes(READY, None),
        probes({"exec": {"command": ["a"]}}, {"tcpSocket": {"port": 1}}),
        {"startupProbe": READY, "readinessProbe": READY},
    ],
    fails=[
        probes(READY, READY),
        probes({**READY, "failureThreshold": 9}, READY),
        probes({"tcpSocket": {"port": 80}}, {"tcpSocket": {"port": 80}}),
        probes({"exec": {"command": ["a"]}}, {"exec": {"command": ["a"]}}),
        probes({"grpc": {"port": 80}}, {"grpc": {"port": 80}}),
    ],
    absent={},
    absent_fails=False,
    ill_typed=[
        probes("x", READY),
        probes({"httpGet": []}, READY),
        probes({"httpGet": {"port": 80.5}}, {"httpGet": {"port": 80.5}}),
    ],
)


@pytest.mark.parametrize("handler", ["httpGet", "tcpSocket"])
def test_it_is_told_at_the_liveness_probe(handler: str) -> None:
    same = {handler: {"port": 80}}
    (finding,) = judge(check, pod({}, container(**probes(same, same))))
    assert finding.path == ("spec", "containers", 0, "livenessProbe", handler)
