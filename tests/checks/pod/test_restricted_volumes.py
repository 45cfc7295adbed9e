"""restricted-volumes: only the core volume types."""

from typing import Any

import pytest

from bartizan.checks.pod.host_path_volumes import check as host_path_volumes
from bartizan.checks.pod.restricted_volumes import check
from bartizan.evaluate import Judge, evaluate
from bartizan.lookups import Inventory
from bartizan.model.review import Review
from tests.checks.cases import Cases
from tests.harness import TODAY, judge, pod, resource, run

ALLOWED = [
    "configMap",
    "csi",
    "downwardAPI",
    "emptyDir",
    "ephemeral",
    "image",
    "persistentVolumeClaim",
    "projected",
    "secret",
]
OTHERS = [
    "awsElasticBlockStore",
    "azureDisk",
    "azureFile",
    "cephfs",
    "cinder",
    "fc",
    "flexVolume",
    "flocker",
    "gcePersistentDisk",
    "gitRepo",
    "glusterfs",
    "iscsi",
    "nfs",
    "photonPersistentDisk",
    "portworxVolume",
    "quobyte",
    "rbd",
    "scaleIO",
    "storageos",
    "vsphereVolume",
]

CASES = Cases(
    passes=[{"volumes": [{"name": "data", "persistentVolumeClaim": {"claimName": "data"}}]}],
    fails=[
        {"volumes": [{"name": "data", "nfs": {"server": "files.example", "path": "/"}}]},
        {"volumes": [{"name": "data", "hostPath": {"path": "/srv"}}]},
    ],
    absent={},
    absent_fails=False,
    ill_typed=[{"volumes": "data"}, {"volumes": [{"name": "data", "emptyDir": "1Gi"}]}],
)


def having(**volume: Any) -> dict[str, Any]:
    return pod({"volumes": [{"name": "data", **volume}]})


@pytest.mark.parametrize("source", ALLOWED)
def test_core_types_pass(source: str) -> None:
    assert judge(check, having(**{source: {}})) == []


@pytest.mark.parametrize("volume", [{}, {"emptyDir": None}, {"nfs": None}])
def test_a_volume_without_a_source_is_an_empty_dir(volume: dict[str, Any]) -> None:
    """The API server makes it one."""
    assert judge(check, having(**volume)) == []


@pytest.mark.parametrize("source", [*OTHERS, "hostPath", "brandNewDisk"])
def test_other_types_are_found(source: str) -> None:
    """As is one that Kubernetes does not know: it is not on the list."""
    (finding,) = judge(check, having(**{source: {}}))
    assert finding.path == ("spec", "volumes", 0, source)


@pytest.mark.parametrize("source", ALLOWED)
def test_an_ill_typed_core_type_is_an_error_and_no_pass(source: str) -> None:
    assert [r.verdict for r in run(check, having(**{source: "x"})).results] == ["error"]


def test_a_host_path_is_told_once_by_the_check_it_overrides() -> None:
    review = Review(resource(having(hostPath={"path": "/srv"})))
    judges = [Judge(item, item.params()) for item in (host_path_volumes, check)]
    evaluation = evaluate(judges, [review], Inventory([review.object]), TODAY)
    assert [f.check for f in evaluation.findings] == ["host-path-volumes"]
    assert [r.verdict for r in evaluation.results] == ["fail", "fail"]


def test_a_host_path_alone_weighs_as_in_the_overridden_check() -> None:
    assert [f.severity for f in judge(check, having(hostPath={"path": "/"}, name="root"))] == ["high"]
