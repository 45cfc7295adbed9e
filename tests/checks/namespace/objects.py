"""Namespaces with a change, for the tests of this folder."""

from typing import Any

PREFIX = "pod-security.kubernetes.io/"


def namespace(labels: object = None, name: str = "shop") -> dict[str, Any]:
    """A Namespace with these labels."""
    return {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name, "labels": labels}}


def guarded(**labels: Any) -> dict[str, Any]:
    """A Namespace with labels of Pod Security: `guarded(enforce="baseline", warn_version="latest")`."""
    return namespace({PREFIX + key.replace("_", "-"): value for key, value in labels.items()})


def inside(kind: str, where: str = "shop", api_version: str = "v1") -> dict[str, Any]:
    """An object in a namespace."""
    return {"apiVersion": api_version, "kind": kind, "metadata": {"name": "all", "namespace": where}, "spec": {}}
