"""host-probes: requests that the kubelet makes to somewhere else."""

from typing import Any

import pytest

from bartizan.checks.pod.host_probes import check
from tests.checks.cases import Cases
from tests.harness import container, fixed, judge, pod, run

PLACES = [
    ("livenessProbe",),
    ("readinessProbe",),
    ("startupProbe",),
    ("lifecycle", "postStart"),
    ("lifecycle", "preStop"),
]

CASES = Cases(
    passes=[{"livenessProbe": {"httpGet": {"port": 80}}}],
    fails=[
        {"livenessProbe": {"httpGet": {"port": 80, "host": "127.0.0.1"}}},
        {"lifecycle": {"preStop": {"tcpSocket": {"port": 80, "host": "db.example"}}}},
    ],
    absent={},
    absent_fails=False,
    ill_typed=[{"livenessProbe": "/"}, {"livenessProbe": {"httpGet": {"port": 80, "host": 127}}}],
)


def asking(place: tuple[str, ...], handler: Any) -> dict[str, Any]:
    value = handler
    for step in reversed(place):
        value = {step: value}
    return container(**value)


@pytest.mark.parametrize("host", [None, ""])
@pytest.mark.parametrize("request_", ["httpGet", "tcpSocket"])
@pytest.mark.parametrize("place", PLACES)
def test_a_request_to_the_pod_itself_passes(place: tuple[str, ...], request_: str, host: object) -> None:
    assert judge(check, pod({}, asking(place, {request_: {"port": 80, "host": host}}))) == []


@pytest.mark.parametrize("handler", [None, {}, {"exec": {"command": ["true"]}}, {"grpc": {"port": 1}}])
@pytest.mark.parametrize("place", PLACES)
def test_other_handlers_pass(place: tuple[str, ...], handler: object) -> None:
    assert judge(check, pod({}, asking(place, handler))) == []


@pytest.mark.parametrize("request_", ["httpGet", "tcpSocket"])
@pytest.mark.parametrize("place", PLACES)
def test_another_host_is_found_and_removed(place: tuple[str, ...], request_: str) -> None:
    raw = pod({}, asking(place, {request_: {"port": 80, "host": "169.254.169.254"}}))
    (finding,) = judge(check, raw)
    assert finding.path == ("spec", "containers", 0, *place, request_, "host")
    assert "`169.254.169.254`" in finding.message
    assert judge(check, fixed(check, raw)) == []


@pytest.mark.parametrize("field", ["initContainers", "containers", "ephemeralContainers"])
def test_every_kind_of_container_is_looked_at(field: str) -> None:
    (finding,) = judge(check, pod({field: [asking(("livenessProbe",), {"httpGet": {"host": "x"}})]}))
    assert finding.path[1] == field


def test_no_fix_for_a_pod_in_the_nodes_network() -> None:
    """There the loopback that is asked may be the pod's own."""
    raw = pod({"hostNetwork": True}, asking(("livenessProbe",), {"httpGet": {"host": "127.0.0.1", "port": 80}}))
    assert [f.fix for f in judge(check, raw)] == [None]


def test_there_is_no_rule_before_1_34() -> None:
    assert check.rule(33) is None


def test_an_ill_typed_host_is_an_error_and_no_pass() -> None:
    raw = pod({}, asking(("lifecycle", "preStop"), {"httpGet": {"host": 1}}))
    assert [r.verdict for r in run(check, raw).results] == ["error"]
