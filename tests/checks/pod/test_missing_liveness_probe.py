"""missing-liveness-probe: some probe, and not this one."""

from typing import Any

from bartizan.checks.pod.missing_liveness_probe import check
from tests.checks.cases import Cases
from tests.harness import container, judge, pod

PROBE = {"tcpSocket": {"port": 80}}
CASES = Cases(
    passes=[{"livenessProbe": PROBE}, {"livenessProbe": PROBE, "readinessProbe": PROBE}],
    fails=[{"readinessProbe": PROBE}, {"startupProbe": PROBE}, {"livenessProbe": None, "readinessProbe": PROBE}],
    absent={},
    absent_fails=False,
    ill_typed=[{"livenessProbe": "tcp", "readinessProbe": PROBE}, {"livenessProbe": [PROBE]}],
    leaves_out=frozenset(
        {"Job", "CronJob", "PodTemplate", "Service", "Configuration", "Revision", "Database"},
    ),
)


def found(**fields: Any) -> int:
    return len(judge(check, pod({"restartPolicy": "Never"}, container(**fields))))


def test_a_pod_that_ends_needs_none() -> None:
    assert found(readinessProbe=PROBE) == 0


def test_the_message_names_the_field() -> None:
    (finding,) = judge(check, pod({}, container(readinessProbe=PROBE)))
    assert "`livenessProbe`" in finding.message
    assert finding.path[-1] == "livenessProbe"
