"""`hostPath`: a directory or file of the node, as a volume of the pod."""

from posixpath import normpath
from typing import Any

from bartizan.checks.check import Fault
from bartizan.model.finding import Severity
from bartizan.model.workload import PodView

_HARMLESS = frozenset({"/etc/localtime", "/etc/timezone", "/usr/share/zoneinfo"})
_NODE = frozenset(
    {
        "/",
        "/boot",
        "/dev",
        "/etc",
        "/etc/cron.d",
        "/etc/kubernetes",
        "/etc/kubernetes/manifests",
        "/home",
        "/lib",
        "/lib/modules",
        "/opt",
        "/opt/cni/bin",
        "/proc",
        "/root",
        "/sys",
        "/usr",
        "/usr/bin",
        "/usr/local/bin",
        "/var",
        "/var/lib",
        "/var/lib/containerd",
        "/var/lib/docker",
        "/var/lib/etcd",
        "/var/lib/kubelet",
    }
)
"""Whoever writes here changes what the node runs. The folders of sockets are `container-runtime-socket`'s."""


def host_path(pod: PodView, index: int, volume: dict[str, Any]) -> Fault:
    """The fault of a volume that is a `hostPath`."""
    name, place = volume.get("name", ""), volume["hostPath"].get("path", "")
    return Fault(
        (*pod.spec_path, "volumes", index, "hostPath"),
        f"volume `{name}` is the node's own `{place}`: "
        "replace its `hostPath` by a volume of the cluster, such as `persistentVolumeClaim` or `emptyDir`",
        evidence=place,
        severity=_severity(pod, name, normpath("/" + place.lstrip("/"))),
    )


def _severity(pod: PodView, name: str, place: str) -> Severity:
    if place in _HARMLESS:
        return "low"
    if _read_only(pod, name):
        return "high" if place in _NODE else "medium"
    return "critical" if place in _NODE else "high"


def _read_only(pod: PodView, name: str) -> bool:
    """Whether every container mounts the volume read-only."""
    mounts = (mount for container in pod.containers for mount in container.raw.get("volumeMounts", ()))
    return all(mount.get("readOnly") for mount in mounts if mount.get("name") == name)
