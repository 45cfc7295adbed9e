"""Storage class does not ask for encryption.

A disk that is not encrypted can be read by whoever gets a snapshot, a backup or the hardware. Encryption on
the provider's side costs one line, and most rules for personal or payment data ask for it.

**Looks at** StorageClasses whose driver encrypts only when it is told: the disks of AWS, Alibaba, Linode and
Scaleway, Longhorn, Portworx, and Ceph's block devices. The parameter that the driver knows must be `true`.
Drivers that always encrypt (the disks of Azure and Google) and those that are unknown pass.

**Instead** say so:

```yaml
provisioner: ebs.csi.aws.com
parameters:
  type: gp3
  encrypted: "true"
```

There is no automatic fix: parameters cannot be changed in place, and some drivers need a key first. Make a new
class, and move the volumes.

**Misses** an account that encrypts all disks by default; volumes that are there already; drivers that it does
not know; encryption inside the node.
"""

from collections.abc import Iterable

from bartizan.checks.check import Check, Context, Fault
from bartizan.model.resource import GroupKind, Resource
from bartizan.model.shape import TEXT, TEXT_MAP, Fields, conform

_SHAPE = Fields({"provisioner": TEXT, "parameters": TEXT_MAP})
_SWITCHES = {
    "ebs.csi.aws.com": "encrypted",
    "ebs.csi.eks.amazonaws.com": "encrypted",
    "kubernetes.io/aws-ebs": "encrypted",
    "diskplugin.csi.alibabacloud.com": "encrypted",
    "driver.longhorn.io": "encrypted",
    "csi.scaleway.com": "encrypted",
    "linodebs.csi.linode.com": "linodebs.csi.linode.com/luks-encrypted",
    "pxd.portworx.com": "secure",
    "kubernetes.io/portworx-volume": "secure",
}
"""The parameter by which each driver encrypts."""
_CEPH = "rbd.csi.ceph.com"
"""Operators put their own namespace before it."""


def _find(resource: Resource, _context: Context) -> Iterable[Fault]:
    raw = conform(resource.raw, _SHAPE, (), [])
    driver, parameters = raw.get("provisioner", ""), raw.get("parameters", {})
    switch = "encrypted" if driver.endswith(_CEPH) else _SWITCHES.get(driver)
    if switch is not None and parameters.get(switch, "").lower() != "true":
        yield Fault(
            ("parameters", switch),
            f"`{driver}` encrypts only when it is told, and nothing tells it: make a class with "
            f'`{switch}: "true"` in `parameters`, and move the volumes to it',
        )


check = Check(
    id="unencrypted-storage-class",
    judges="object",
    kinds=(GroupKind("storage.k8s.io", "StorageClass"),),
    severity="medium",
    confidence="medium",
    persona="audit",
    find=_find,
    references=("https://kubernetes.io/docs/concepts/storage/storage-classes/#aws-ebs",),
)
