"""single-replica-autoscaler: it may leave one pod."""

from typing import Any

import pytest

from bartizan.checks.workload.single_replica_autoscaler import Params, check
from tests.checks.cases import Cases
from tests.checks.workload.objects import autoscaler, item
from tests.harness import judge


def scaled_object(**spec: Any) -> dict[str, Any]:
    return item("keda.sh/v1alpha1", "ScaledObject", spec={"scaleTargetRef": {"name": "web"}, **spec})


CASES = Cases(
    passes=[
        autoscaler(minReplicas=2),
        autoscaler(minReplicas=0),
        scaled_object(),
        scaled_object(minReplicaCount=2),
    ],
    fails=[autoscaler(minReplicas=1), autoscaler(minReplicas=None), scaled_object(minReplicaCount=1)],
    absent=autoscaler(),
    absent_fails=True,
    ill_typed=[autoscaler(minReplicas="1"), autoscaler(scaleTargetRef=[]), autoscaler() | {"spec": "x"}],
)


@pytest.mark.parametrize(
    ("raw", "field"), [(autoscaler(), "minReplicas"), (scaled_object(minReplicaCount=1), "minReplicaCount")]
)
def test_the_field_has_its_kind_s_name(raw: dict[str, Any], field: str) -> None:
    (finding,) = judge(check, raw)
    assert finding.path == ("spec", field)
    assert f"set `spec.{field}` to 2 or more" in finding.message


def test_more_can_be_asked_for() -> None:
    (finding,) = judge(check, autoscaler(minReplicas=2), params=Params(minimum=3))
    assert "may leave 2 pods: set `spec.minReplicas` to 3 or more" in finding.message
