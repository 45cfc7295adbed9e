"""Places of a node through which a pod gets more than files: what each one holds."""

import re
from collections.abc import Iterator
from itertools import accumulate, islice
from posixpath import normpath

import msgspec


class Hold(msgspec.Struct, frozen=True):
    """What a place of the node gives to whoever mounts it."""

    what: str
    to_read: bool = True
    """Whether reading is enough; else it is the writing that counts."""


_KUBERNETES = Hold("keys and credentials of the node's Kubernetes")
_CONTAINERS = Hold("the files of all containers of the node")
_CLOUD = Hold("credentials of the node's cloud")
_OWN = Hold("keys and files of the people who run the node")
_PROGRAMS = Hold("programs that the node runs", to_read=False)
_SETTINGS = Hold("what the node starts and whom it lets in", to_read=False)
_SERVICES = Hold("the sockets by which the node's services take orders")
_SECRETS = Hold("Secrets and tokens of all pods of the node")
_DISKS = Hold("the node's disks and memory")
_TREES = {
    "/boot": Hold("the node's kernel and boot loader", to_read=False),
    "/dev/disk": _DISKS,
    "/dev/mapper": _DISKS,
    "/dev/shm": Hold("memory that processes of the node share"),  # noqa: S108 - a name to look for, not to use
    "/etc/cni/net.d": _SETTINGS,
    "/etc/cron.d": _SETTINGS,
    "/etc/crontab": _SETTINGS,
    "/etc/gshadow": _OWN,
    "/etc/kubernetes": _KUBERNETES,
    "/etc/ld.so.preload": _SETTINGS,
    "/etc/pam.d": _SETTINGS,
    "/etc/passwd": _SETTINGS,
    "/etc/profile.d": _SETTINGS,
    "/etc/rancher": _KUBERNETES,
    "/etc/shadow": _OWN,
    "/etc/ssh": _OWN,
    "/etc/ssl/private": _OWN,
    "/etc/sudoers": _SETTINGS,
    "/etc/sudoers.d": _SETTINGS,
    "/etc/systemd": _SETTINGS,
    "/home": _OWN,
    "/lib/modules": _PROGRAMS,
    "/lib/systemd": _SETTINGS,
    "/opt/bin": _PROGRAMS,
    "/opt/cni/bin": _PROGRAMS,
    "/proc": Hold("memory and environment of the node's processes"),
    "/root": _OWN,
    "/run/dbus": _SERVICES,
    "/run/systemd/private": _SERVICES,
    "/usr/bin": _PROGRAMS,
    "/usr/lib/modules": _PROGRAMS,
    "/usr/lib/systemd": _SETTINGS,
    "/usr/libexec": _PROGRAMS,
    "/usr/local/bin": _PROGRAMS,
    "/usr/local/sbin": _PROGRAMS,
    "/usr/sbin": _PROGRAMS,
    "/var/lib/cloud": _CLOUD,
    "/var/lib/containerd": _CONTAINERS,
    "/var/lib/containers": _CONTAINERS,
    "/var/lib/docker": _CONTAINERS,
    "/var/lib/etcd": Hold("the cluster's store, with every Secret"),
    "/var/lib/k0s": _KUBERNETES,
    "/var/lib/kubelet": _SECRETS,
    "/var/lib/rancher": _KUBERNETES,
    "/var/lib/waagent": _CLOUD,
    "/var/snap/microk8s": _KUBERNETES,
    "/var/spool/cron": _SETTINGS,
}
"""A place counts with all that lies below it."""

_ALONE = {
    "/": Hold("the whole node, with Secrets and tokens of all its pods"),
    "/bin": _PROGRAMS,
    "/dev": _DISKS,
    "/etc": Hold("the node's keys and settings"),
    "/lib": _PROGRAMS,
    "/lib64": _PROGRAMS,
    "/run": _SERVICES,
    "/sbin": _PROGRAMS,
    "/sys": Hold("settings of the node's kernel", to_read=False),
    "/sys/kernel": Hold("settings of the node's kernel", to_read=False),
    "/usr/lib": _PROGRAMS,
    "/var": _SECRETS,
    "/var/lib": _SECRETS,
}
"""A place counts by itself; below it lies much that is harmless."""

_PLAIN = (
    "/var/lib/docker/containers",
    "/var/lib/kubelet/device-plugins",
    "/var/lib/kubelet/plugins",
    "/var/lib/kubelet/plugins_registry",
    "/var/lib/kubelet/pod-resources",
)
"""Below a place that counts, yet made to be mounted: logs, and sockets of plug-ins."""

_DISK = re.compile(r"/dev/(?:sd[a-z]|vd[a-z]|xvd[a-z]|nvme\d|dm-\d|md\d|k?mem$|port$|kmsg$)")
_CREDENTIALS = re.compile(r"/\.(?:aws|azure|config/gcloud|docker|kube|ssh)(?:/|$)")


def _above() -> dict[str, Hold]:
    """What the parents of those places hold: what can be read weighs more."""
    found: dict[str, Hold] = {}
    for place, hold in sorted((_ALONE | _TREES).items(), key=lambda entry: not entry[1].to_read):
        for parent in _ways(place.rpartition("/")[0]):
            found.setdefault(parent, hold)
    return found


def _ways(place: str) -> Iterator[str]:
    """The place and the folders that lead to it, from above; without the root."""
    return islice(accumulate(place.split("/"), lambda way, step: f"{way}/{step}"), 1, None)


_ABOVE = _above()
_DEEPEST = max(place.count("/") for place in _TREES)


def clean(path: str) -> str:
    """The path as the node resolves it: `..` and doubled slashes gone, `/var/run` followed."""
    place = normpath("/" + path.lstrip("/"))
    return place.removeprefix("/var") if f"{place}/".startswith("/var/run/") else place


def held(place: str, *, writable: bool) -> str:
    """What a clean path gives to whoever mounts it; empty where it is a path like others."""
    hold = _hold(place)
    return hold.what if hold and (hold.to_read or writable) else ""


def _hold(place: str) -> Hold | None:
    if place in _ALONE:
        return _ALONE[place]
    if any(f"{place}/".startswith(f"{plain}/") for plain in _PLAIN):
        return None
    for way in islice(_ways(place), _DEEPEST):
        if way in _TREES:
            return _TREES[way]
    if _CREDENTIALS.search(place):
        return _OWN
    if _DISK.match(place):
        return _DISKS
    return _ABOVE.get(place)
