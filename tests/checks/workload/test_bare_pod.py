"""bare-pod: nobody makes it anew."""

from bartizan.checks.workload.bare_pod import check
from tests.checks.cases import Cases
from tests.checks.workload.objects import deployment
from tests.harness import judge, pod

OWNER = {"apiVersion": "apps/v1", "kind": "ReplicaSet", "name": "web", "uid": "1"}

CASES = Cases(
    passes=[
        pod(ownerReferences=[{**OWNER, "controller": False}, {**OWNER, "controller": True}]),
        pod(annotations={"helm.sh/hook": "test"}),
        pod(annotations={"kubernetes.io/config.mirror": "1"}),
    ],
    fails=[pod(ownerReferences=[OWNER]), pod(ownerReferences=[]), pod(annotations={"team": "shop"})],
    absent=pod(),
    absent_fails=True,
    ill_typed=[pod(ownerReferences={}), pod(ownerReferences=[{"controller": "true"}]), pod(annotations=[])],
)


def test_a_pod_of_a_workload_has_a_controller() -> None:
    assert judge(check, deployment()) == []


def test_the_message_says_what_to_write() -> None:
    (finding,) = judge(check, pod())
    assert "write a Deployment, or a Job" in finding.message
    assert finding.path == ("kind",)
