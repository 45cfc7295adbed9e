"""missing-owner: nobody to ask."""

from bartizan.checks.workload.missing_owner import Params, check
from tests.checks.cases import Cases
from tests.checks.workload.objects import deployment, service
from tests.harness import judge, pod

CASES = Cases(
    passes=[
        pod(labels={"owner": "shop"}),
        pod(labels={"team": "shop"}),
        pod(annotations={"email": "shop@shop.example"}),
    ],
    fails=[pod(labels={"app": "web"}), pod(labels={"team": ""}, annotations={"owner": None}), deployment()],
    absent=pod(),
    absent_fails=True,
    ill_typed=[pod(labels="team"), pod(annotations={"email": 1}), pod() | {"metadata": []}],
)


def test_other_keys_can_be_asked_for() -> None:
    params = Params(keys=("squad",))
    assert judge(check, pod(annotations={"squad": "shop"}), params=params) == []
    (finding,) = judge(check, pod(labels={"team": "shop"}), params=params)
    assert "`squad`" in finding.message


def test_other_objects_than_workloads_are_left_alone() -> None:
    assert judge(check, service()) == []
