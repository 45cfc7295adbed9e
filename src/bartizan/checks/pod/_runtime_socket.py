"""Sockets of container runtimes: whoever talks to one starts what they like on the node."""

import posixpath

_SOCKETS = (
    "/run/docker.sock",
    "/run/containerd/containerd.sock",
    "/run/crio/crio.sock",
    "/run/cri-dockerd.sock",
    "/run/dockershim.sock",
    "/run/podman/podman.sock",
    "/run/k3s/containerd/containerd.sock",
    "/run/k0s/containerd.sock",
    "/var/snap/microk8s/common/run/containerd.sock",
)
_NAMES = frozenset({"docker_engine", "containerd-containerd", *(path.rpartition("/")[2] for path in _SOCKETS)})
_FOLDERS = frozenset(
    {"/", "/run", "/var/snap/microk8s/common", *(path.rpartition("/")[0] for path in _SOCKETS), "/run/k3s"}
)
"""Not `/var`: there `run` is a link, which leads to the container's own `/run`."""


def is_socket(path: str) -> bool:
    """Whether `path` is a runtime's socket itself: mounting it read-only changes nothing."""
    return _clean(path).rpartition("/")[2] in _NAMES


def reaches(path: str) -> str:
    """How `path` leads to a runtime's socket; empty where it does not."""
    if is_socket(path):
        return "the container runtime's socket"
    clean = _clean(path)
    clean = clean.removeprefix("/var") if (clean + "/").startswith("/var/run/") else clean
    return "which holds the container runtime's socket" if clean in _FOLDERS else ""


def _clean(path: str) -> str:
    return posixpath.normpath("/" + path.replace("\\", "/").lstrip("/"))
