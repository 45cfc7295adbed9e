"""missing-readiness-probe: some probe, and not this one."""

from typing import Any

from bartizan.checks.pod.missing_readiness_probe import check
from tests.checks.cases import Cases
from tests.harness import container, judge, pod

PROBE = {"tcpSocket": {"port": 80}}
CASES = Cases(
    passes=[{"readinessProbe": PROBE}, {"readinessProbe": PROBE, "livenessProbe": PROBE}],
    fails=[{"livenessProbe": PROBE}, {"startupProbe": PROBE}, {"readinessProbe": None, "livenessProbe": PROBE}],
    absent={},
    absent_fails=False,
    ill_typed=[{"readinessProbe": "tcp", "livenessProbe": PROBE}, {"readinessProbe": [PROBE]}],
    leaves_out=frozenset(
        {"Job", "CronJob", "PodTemplate", "Service", "Configuration", "Revision", "Database"},
    ),
)


def found(**fields: Any) -> int:
    return len(judge(check, pod({"restartPolicy": "Never"}, container(**fields))))


def test_a_pod_that_ends_needs_none() -> None:
    assert found(livenessProbe=PROBE) == 0


def test_the_message_names_the_field() -> None:
    (finding,) = judge(check, pod({}, container(livenessProbe=PROBE)))
    assert "`readinessProbe`" in finding.message
    assert finding.path[-1] == "readinessProbe"
