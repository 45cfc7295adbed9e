"""Container can write to a path of the node.

What a container writes to the node's disk stays there when it is gone, and whoever takes over the container
takes the path with it: to leave something that another program of the node runs, or to fill the disk. Most
programs that mount a path of the node only read it.

**Looks at** `volumeMounts` of every container that name a `hostPath` volume, also those with `subPath`, which
narrows the mount and leaves it writable. Absent `readOnly` means writable. From Kubernetes 1.31 on also at
read-only mounts of places such as `/`, `/run` and `/var/lib/kubelet`, in which other file systems are mounted:
those stay writable, unless `recursiveReadOnly` says otherwise.

**Instead**

```yaml
volumeMounts:
  - name: root
    mountPath: /host
    readOnly: true
    recursiveReadOnly: Enabled
```

There is no automatic fix: only the author knows whether the program writes. `recursiveReadOnly` excludes a
`mountPropagation` other than `None`.

**Misses** sockets of container runtimes, for which `readOnly` changes nothing: `container-runtime-socket` tells
those. File systems that your nodes mount elsewhere, and PersistentVolumes of the kinds `hostPath` and `local`.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from bartizan.checks.check import Check, Context, Fault
from bartizan.checks.pod._host_path import HARMLESS, host_paths
from bartizan.checks.pod._node_places import clean
from bartizan.checks.pod._runtime_socket import is_socket
from bartizan.model.path import Path
from bartizan.model.workload import Container, PodView

_RECURSIVE_SINCE = 31
_HOLD_MOUNTS = frozenset({"/", "/dev", "/proc", "/run", "/sys", "/var", "/var/lib", "/var/lib/kubelet"})
"""Wherever Kubernetes runs, other file systems are mounted in these."""


def _find(pod: PodView, context: Context) -> Iterable[Fault]:
    places = {volume.get("name", ""): path for _, volume, path in host_paths(pod) if not is_socket(path)}
    return _mounts(pod, places, context.minor) if places else ()


def _mounts(pod: PodView, places: dict[str, str], minor: int) -> Iterator[Fault]:
    for container in pod.containers:
        for index, mount in enumerate(container.raw.get("volumeMounts", ())):
            place = places.get(mount.get("name", ""))
            if place is None:
                continue
            path = (*container.path, "volumeMounts", index)
            if not mount.get("readOnly"):
                yield _writable(container, path, place, mount)
            elif minor >= _RECURSIVE_SINCE and _has_writable_parts(place, mount):
                yield _partly_writable(container, path, place)


def _writable(container: Container, path: Path, place: str, mount: dict[str, Any]) -> Fault:
    part = mount.get("subPath") or mount.get("subPathExpr")
    where = f"`{place}`, in `{part}`" if part else f"`{place}`"
    return Fault(
        (*path, "readOnly"),
        f"container `{container.name}` can write to the node's {where}: set `readOnly: true` on the mount "
        f"`{mount.get('mountPath', '')}`, or replace the volume by one of the cluster",
        evidence=place,
        severity="low" if clean(place) in HARMLESS else None,
    )


def _has_writable_parts(place: str, mount: dict[str, Any]) -> bool:
    part = mount.get("subPath")
    whole = f"{place}/{part}" if part else place
    return mount.get("recursiveReadOnly", "Disabled") == "Disabled" and clean(whole) in _HOLD_MOUNTS


def _partly_writable(container: Container, path: Path, place: str) -> Fault:
    return Fault(
        (*path, "recursiveReadOnly"),
        f"container `{container.name}` mounts the node's `{place}` read-only, but not the file systems that are "
        "mounted in it: set `recursiveReadOnly: Enabled` beside `readOnly: true`, and no `mountPropagation`",
        evidence=place,
        severity="low",
    )


check = Check(
    id="writable-host-path",
    judges="pod",
    severity="medium",
    persona="strict",
    find=_find,
    references=(
        "https://kubernetes.io/docs/concepts/storage/volumes/#hostpath",
        "https://kubernetes.io/docs/concepts/storage/volumes/#recursive-read-only-mounts",
    ),
)
