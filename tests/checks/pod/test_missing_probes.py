"""missing-probes: nobody asks the program whether it works."""

from typing import Any

import pytest

from bartizan.checks.pod.missing_probes import check
from tests.checks.cases import Cases
from tests.harness import container, judge, pod, run

TEMPLATE = {"spec": {"containers": [container()]}}

CASES = Cases(
    passes=[{"readinessProbe": {"tcpSocket": {"port": 80}}}],
    fails=[{"ports": [{"containerPort": 80}]}],
    absent={},
    absent_fails=True,
    ill_typed=[{"readinessProbe": "/ready"}, {"livenessProbe": []}],
    leaves_out=frozenset({"Job", "CronJob", "PodTemplate", "Service", "Configuration", "Revision", "Database"}),
)


def workload(api_version: str, kind: str, spec: dict[str, Any]) -> dict[str, Any]:
    return {"apiVersion": api_version, "kind": kind, "metadata": {"name": "web"}, "spec": spec}


@pytest.mark.parametrize("probe", ["readinessProbe", "livenessProbe", "startupProbe"])
def test_any_probe_is_enough(probe: str) -> None:
    assert judge(check, pod({}, container(**{probe: {"tcpSocket": {"port": 80}}}))) == []


@pytest.mark.parametrize("kind", ["Deployment", "StatefulSet", "DaemonSet"])
def test_a_workload_without_any_is_found(kind: str) -> None:
    (finding,) = judge(check, workload("apps/v1", kind, {"template": TEMPLATE}))
    assert finding.path == ("spec", "template", "spec", "containers", 0, "readinessProbe")
    assert (finding.severity, finding.persona) == ("info", "audit")


def test_null_and_empty_probes_are_none() -> None:
    assert len(judge(check, pod({}, container(readinessProbe=None, livenessProbe={})))) == 1


def test_what_ends_by_itself_needs_none() -> None:
    job = workload("batch/v1", "Job", {"template": TEMPLATE})
    cron_job = workload("batch/v1", "CronJob", {"jobTemplate": {"spec": {"template": TEMPLATE}}})
    assert judge(check, job, cron_job, pod({"restartPolicy": "Never"}), pod({"restartPolicy": "OnFailure"})) == []


def test_only_regular_containers_are_asked_for_probes() -> None:
    helpers = {
        "initContainers": [container(name="early"), container(name="side", restartPolicy="Always")],
        "ephemeralContainers": [container(name="debug")],
    }
    assert [f.subject.container for f in judge(check, pod(helpers))] == ["app"]


def test_a_kind_whose_controller_adds_probes_is_left_alone() -> None:
    assert judge(check, workload("serving.knative.dev/v1", "Service", {"template": TEMPLATE})) == []


def test_an_ill_typed_probe_is_an_error() -> None:
    (result,) = run(check, pod({}, container(readinessProbe="yes"))).results
    assert result.verdict == "error"
