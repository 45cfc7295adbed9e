"""What an autoscaler says."""

from typing import Any

import pytest

from bartizan.model.autoscaler import Scaling, scaling
from bartizan.model.shape import IllTypedField
from tests.harness import resource

TARGET = {"apiVersion": "apps/v1", "kind": "StatefulSet", "name": "web"}


def autoscaler(spec: Any, kind: str = "HorizontalPodAutoscaler") -> Scaling:
    version = "keda.sh/v1alpha1" if kind == "ScaledObject" else "autoscaling/v2"
    return scaling(resource({"apiVersion": version, "kind": kind, "metadata": {"name": "s"}, "spec": spec}))


@pytest.mark.parametrize(
    ("kind", "spec", "least"),
    [
        ("HorizontalPodAutoscaler", {}, 1),
        ("HorizontalPodAutoscaler", {"minReplicas": 3}, 3),
        ("HorizontalPodAutoscaler", {"minReplicas": None, "minReplicaCount": 3}, 1),
        ("ScaledObject", {}, 0),
        ("ScaledObject", {"minReplicaCount": 3}, 3),
    ],
)
def test_each_kind_has_its_field_and_its_default(kind: str, spec: dict[str, Any], least: int) -> None:
    told = autoscaler({"scaleTargetRef": TARGET, **spec}, kind)
    assert (told.autoscaler, told.kind, told.name, told.group, told.least) == (
        f"{kind} `s`",
        "StatefulSet",
        "web",
        "apps",
        least,
    )


def test_a_target_without_kind_is_a_deployment_of_any_group() -> None:
    told = autoscaler({"scaleTargetRef": {"name": "web"}}, "ScaledObject")
    assert (told.kind, told.group) == ("Deployment", "")


@pytest.mark.parametrize(
    "spec", ["x", {"scaleTargetRef": []}, {"minReplicas": "1"}, {"scaleTargetRef": {"name": 1}}]
)
def test_what_cannot_be_read_is_told(spec: Any) -> None:
    with pytest.raises(IllTypedField):
        autoscaler(spec)
