"""unencrypted-storage-class: a disk that anyone with a snapshot reads."""

from typing import Any

import pytest

from bartizan.checks.storage.unencrypted_storage_class import check
from tests.checks.cases import Cases
from tests.harness import judge

EBS = "ebs.csi.aws.com"


def storage_class(provisioner: Any, parameters: Any = None) -> dict[str, Any]:
    return {
        "apiVersion": "storage.k8s.io/v1",
        "kind": "StorageClass",
        "metadata": {"name": "ssd"},
        "provisioner": provisioner,
        "parameters": parameters,
    }


CASES = Cases(
    passes=[storage_class(EBS, {"encrypted": "true"}), storage_class("pd.csi.storage.gke.io", {"type": "pd-ssd"})],
    fails=[storage_class(EBS, {"encrypted": "false"}), storage_class(EBS, {"type": "gp3"})],
    absent=storage_class(EBS),
    absent_fails=True,
    ill_typed=[storage_class(EBS, []), storage_class(EBS, {"encrypted": True}), storage_class(1)],
)


@pytest.mark.parametrize(
    ("provisioner", "switch"),
    [
        (EBS, "encrypted"),
        ("ebs.csi.eks.amazonaws.com", "encrypted"),
        ("kubernetes.io/aws-ebs", "encrypted"),
        ("diskplugin.csi.alibabacloud.com", "encrypted"),
        ("driver.longhorn.io", "encrypted"),
        ("csi.scaleway.com", "encrypted"),
        ("linodebs.csi.linode.com", "linodebs.csi.linode.com/luks-encrypted"),
        ("pxd.portworx.com", "secure"),
        ("rbd.csi.ceph.com", "encrypted"),
        ("rook-ceph.rbd.csi.ceph.com", "encrypted"),
    ],
)
def test_each_driver_has_its_switch(provisioner: str, switch: str) -> None:
    """There is no fix: parameters cannot be changed in place."""
    (finding,) = judge(check, storage_class(provisioner, {"other": "true"}))
    assert (finding.path, finding.persona, finding.fix) == (("parameters", switch), "audit", None)
    assert judge(check, storage_class(provisioner, {switch: "True"})) == []


@pytest.mark.parametrize(
    "provisioner",
    [
        "disk.csi.azure.com",
        "pd.csi.storage.gke.io",
        "efs.csi.aws.com",
        "rancher.io/local-path",
        "cephfs.csi.ceph.com",
    ],
)
def test_other_drivers_pass(provisioner: str) -> None:
    assert judge(check, storage_class(provisioner)) == []
