"""`hostPath`: a directory or file of the node, as a volume of the pod."""

from collections.abc import Iterator
from typing import Any

from bartizan.checks.check import Fault
from bartizan.checks.pod._node_places import clean, held
from bartizan.model.finding import Severity
from bartizan.model.workload import PodView

HARMLESS = frozenset({"/etc/localtime", "/etc/timezone", "/usr/share/zoneinfo"})


def host_paths(pod: PodView) -> Iterator[tuple[int, dict[str, Any], str]]:
    """Index, volume and path, as written, of every volume that is a `hostPath`."""
    for index, volume in enumerate(pod.spec.get("volumes", ())):
        if "hostPath" in volume:
            yield index, volume, volume["hostPath"].get("path", "")


def host_path(pod: PodView, index: int, volume: dict[str, Any]) -> Fault:
    """The fault of a volume that is a `hostPath`."""
    name, place = volume.get("name", ""), volume["hostPath"].get("path", "")
    return Fault(
        (*pod.spec_path, "volumes", index, "hostPath"),
        f"volume `{name}` is the node's own `{place}`: "
        "replace its `hostPath` by a volume of the cluster, such as `persistentVolumeClaim` or `emptyDir`",
        evidence=place,
        severity=_severity(clean(place), writable=writable(pod, name)),
    )


def _severity(place: str, *, writable: bool) -> Severity:
    if place in HARMLESS:
        return "low"
    if held(place, writable=writable):
        return "critical" if writable else "high"
    return "high" if writable else "medium"


def writable(pod: PodView, name: str) -> bool:
    """Whether some container may write to the volume."""
    mounts = (mount for container in pod.containers for mount in container.raw.get("volumeMounts", ()))
    return any(not mount.get("readOnly") for mount in mounts if mount.get("name") == name)
