"""host-path-volumes: a door to the node's disk."""

from typing import Any

import pytest

from bartizan.checks.pod.host_path_volumes import check
from tests.checks.cases import Cases
from tests.harness import container, judge, pod, run

CASES = Cases(
    passes=[{"volumes": [{"name": "data", "persistentVolumeClaim": {"claimName": "data"}}]}],
    fails=[{"volumes": [{"name": "node", "hostPath": {"path": "/srv"}}]}],
    absent={},
    absent_fails=False,
    ill_typed=[{"volumes": "a"}, {"volumes": [{"name": "node", "hostPath": "/srv"}]}],
)


def mounting(place: str, **mount: Any) -> dict[str, Any]:
    volumes = [{"name": "tmp", "emptyDir": {}}, {"name": "node", "hostPath": {"path": place}}]
    return pod({"volumes": volumes}, container(volumeMounts=[{"name": "node", "mountPath": "/node", **mount}]))


@pytest.mark.parametrize(
    "volume", [{}, {"emptyDir": {}}, {"hostPath": None}, {"persistentVolumeClaim": {"claimName": "a"}}]
)
def test_volumes_of_the_cluster_pass(volume: dict[str, Any]) -> None:
    assert judge(check, pod({"volumes": [{"name": "data", **volume}]})) == []


@pytest.mark.parametrize("volumes", [None, []])
def test_no_volumes_pass(volumes: object) -> None:
    assert judge(check, pod({"volumes": volumes})) == []


def test_the_finding_names_volume_and_path() -> None:
    (finding,) = judge(check, mounting("/srv/data"))
    assert finding.path == ("spec", "volumes", 1, "hostPath")
    assert "`node`" in finding.message
    assert "`/srv/data`" in finding.message
    assert finding.fix is None


@pytest.mark.parametrize(
    ("place", "read_only", "severity"),
    [
        ("/", False, "critical"),
        ("/etc/", False, "critical"),
        ("//var/lib/kubelet", False, "critical"),
        ("/etc", True, "high"),
        ("/srv/data", False, "high"),
        ("/var/log", True, "medium"),
        ("/etc/localtime", False, "low"),
        ("/lib/modules", True, "medium"),
        ("/lib/modules", False, "critical"),
    ],
)
def test_what_can_be_done_with_the_path_decides_the_severity(place: str, read_only: bool, severity: str) -> None:
    (finding,) = judge(check, mounting(place, readOnly=read_only))
    assert finding.severity == severity


def test_one_writable_mount_is_enough() -> None:
    """An init container that may write makes it the same as if all could."""
    raw = mounting("/etc", readOnly=True)
    raw["spec"]["initContainers"] = [container(volumeMounts=[{"name": "node", "mountPath": "/n"}])]
    assert [f.severity for f in judge(check, raw)] == ["critical"]


def test_an_empty_host_path_is_still_one() -> None:
    assert len(judge(check, pod({"volumes": [{"name": "a", "hostPath": {}}]}))) == 1


@pytest.mark.parametrize(
    "volumes", ["a", [{"name": "a", "hostPath": "/etc"}], [{"name": "a", "hostPath": {"path": 1}}]]
)
def test_an_ill_typed_volume_is_an_error_and_no_pass(volumes: object) -> None:
    assert [r.verdict for r in run(check, pod({"volumes": volumes})).results] == ["error"]
