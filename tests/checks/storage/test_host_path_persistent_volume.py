"""host-path-persistent-volume: the node by way of a claim."""

from typing import Any

import pytest

from bartizan.checks.storage.host_path_persistent_volume import check
from tests.checks.cases import Cases
from tests.harness import judge


def volume(**spec: Any) -> dict[str, Any]:
    return {"apiVersion": "v1", "kind": "PersistentVolume", "metadata": {"name": "data"}, "spec": spec}


CASES = Cases(
    passes=[volume(csi={"driver": "ebs.csi.aws.com"}), volume(hostPath=None)],
    fails=[volume(hostPath={"path": "/srv/data"}), volume(local={"path": "/mnt/ssd"})],
    absent=volume(),
    absent_fails=False,
    ill_typed=[volume(hostPath="/srv"), volume(hostPath={"path": 1}), volume(local=[])],
)


@pytest.mark.parametrize(
    ("folder", "severity"),
    [
        ("/srv/data", "medium"),
        ("/etcetera", "medium"),
        ("/srv/usr", "medium"),
        ("", "medium"),
        ("/", "high"),
        ("//", "high"),
        ("/etc", "high"),
        ("/home/usr", "high"),
        ("/opt/cni/bin", "high"),
        ("/etc/kubernetes/", "high"),
        ("/./etc", "high"),
        ("/var/lib/kubelet/pods", "high"),
        ("/var/run/docker.sock", "high"),
    ],
)
def test_folders_of_the_system_weigh_more(folder: str, severity: str) -> None:
    (finding,) = judge(check, volume(hostPath={"path": folder}))
    assert (finding.severity, finding.persona, finding.path) == (severity, "strict", ("spec", "hostPath", "path"))
    assert f"`{folder}`" in finding.message


def test_a_disk_of_one_node_weighs_less() -> None:
    (finding,) = judge(check, volume(local={"path": "/mnt/ssd"}))
    assert (finding.severity, finding.path) == ("low", ("spec", "local", "path"))
