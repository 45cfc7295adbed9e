"""Persistent volume is a folder of the node.

A claim turns the folder into a volume of a pod, past every rule that refuses `hostPath` in pods. What the
pod writes there stays on the node for the next one, and a folder such as `/` or `/etc` is the node itself.

**Looks at** PersistentVolumes with `hostPath`, which weigh `medium`, or `high` for the places that
`sensitive-host-path` and `container-runtime-socket` know, and with `local`, which weigh `low`: only the node that
has the disk gets the pod.

**Instead** let a storage driver make the volume, by a StorageClass:

```yaml
kind: PersistentVolumeClaim
spec:
  storageClassName: ssd
  accessModes: [ReadWriteOnce]
  resources: {requests: {storage: 10Gi}}
```

**Misses** drivers that hand out folders of the node under their own name; who may claim the volume.
"""

from collections.abc import Iterable

from bartizan.checks.check import Check, Context, Fault
from bartizan.checks.pod._node_places import clean, held
from bartizan.checks.pod._runtime_socket import reaches
from bartizan.model.resource import GroupKind, Resource
from bartizan.model.shape import TEXT, Fields, conform

_PATH = Fields({"path": TEXT})
_SHAPE = Fields({"spec": Fields({"hostPath": _PATH, "local": _PATH})})


def _find(resource: Resource, _context: Context) -> Iterable[Fault]:
    spec = conform(resource.raw, _SHAPE, (), []).get("spec", {})
    if "hostPath" in spec:
        folder = spec["hostPath"].get("path", "")
        yield Fault(
            ("spec", "hostPath", "path"),
            f"gives the folder `{folder}` of whichever node runs the pod to whoever claims the volume: let a "
            "StorageClass make volumes, or use `local` with `nodeAffinity` and a disk of its own",
            severity="high" if _is_of_the_node(folder) else None,
        )
    if "local" in spec:
        yield Fault(
            ("spec", "local", "path"),
            f"gives the folder `{spec['local'].get('path', '')}` of one node to whoever claims the volume: let a "
            "StorageClass make volumes, unless the folder is a disk of its own",
            severity="low",
        )


def _is_of_the_node(folder: str) -> bool:
    return bool(folder) and bool(held(clean(folder), writable=True) or reaches(folder))


check = Check(
    id="host-path-persistent-volume",
    judges="object",
    kinds=(GroupKind("", "PersistentVolume"),),
    severity="medium",
    persona="strict",
    find=_find,
    references=("https://kubernetes.io/docs/concepts/storage/volumes/#hostpath",),
)
