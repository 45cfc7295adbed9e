"""single-replica: one pod, and the service is down whenever it is."""

import pytest

from bartizan.checks.workload.single_replica import Params, check
from tests.checks.cases import Cases
from tests.checks.workload.objects import autoscaler, deployment, item
from tests.harness import judge, run

CASES = Cases(
    passes=[
        deployment(replicas=2),
        deployment(replicas=0),
        [deployment(replicas=1), autoscaler()],
        deployment(kind="StatefulSet", replicas=3),
    ],
    fails=[
        deployment(replicas=1),
        deployment(kind="StatefulSet", replicas=None),
        [deployment(), autoscaler("other")],
        [deployment(), autoscaler(namespace="other")],
        [deployment(), autoscaler(kind="StatefulSet")],
    ],
    absent=deployment(),
    absent_fails=True,
    ill_typed=[deployment(replicas="1"), deployment() | {"spec": []}],
)


def test_it_is_told_at_the_field() -> None:
    (finding,) = judge(check, deployment())
    assert (finding.severity, finding.path, finding.fix) == ("info", ("spec", "replicas"), None)
    assert "keeps 1 pod," in finding.message


def test_more_can_be_asked_for() -> None:
    assert len(judge(check, deployment(replicas=2), params=Params(minimum=3))) == 1
    assert judge(check, deployment(replicas=3), params=Params(minimum=3)) == []


def test_a_scaled_object_scales_a_deployment_unless_it_says_otherwise() -> None:
    scaled = item("keda.sh/v1alpha1", "ScaledObject", "s", spec={"scaleTargetRef": {"name": "web"}})
    assert judge(check, deployment(), scaled) == []
    assert len(judge(check, deployment(kind="StatefulSet"), scaled)) == 1


@pytest.mark.parametrize("spec", [{"scaleTargetRef": "web"}, {"minReplicas": "1"}])
def test_an_autoscaler_that_cannot_be_read_may_scale_it(spec: dict[str, str]) -> None:
    (result,) = run(check, deployment(), autoscaler(**spec)).results
    assert (result.verdict, result.reason) == ("error", "lookup-failed")
    assert len(judge(check, deployment(), autoscaler(namespace="other", **spec))) == 1


def test_what_others_control_is_left_to_them() -> None:
    """A ReplicaSet belongs to its Deployment."""
    assert judge(check, deployment(kind="ReplicaSet"), deployment(kind="DaemonSet")) == []
