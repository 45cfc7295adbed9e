"""Services, ingresses and policies with a change, for the tests of this folder."""

from typing import Any


def thing(
    api_version: str, kind: str, name: str = "web", namespace: str = "shop", **fields: Any
) -> dict[str, Any]:
    """An object of any kind."""
    metadata = {"name": name, "namespace": namespace}
    return {"apiVersion": api_version, "kind": kind, "metadata": metadata, **fields}


def service(annotations: object = None, name: str = "web", namespace: str = "shop", **spec: Any) -> dict[str, Any]:
    """A Service with these annotations and this spec."""
    metadata = {"name": name, "namespace": namespace, "annotations": annotations}
    return {"apiVersion": "v1", "kind": "Service", "metadata": metadata, "spec": spec}


def ingress(annotations: object = None, **spec: Any) -> dict[str, Any]:
    """An Ingress with these annotations and this spec."""
    metadata = {"name": "web", "namespace": "shop", "annotations": annotations}
    return {"apiVersion": "networking.k8s.io/v1", "kind": "Ingress", "metadata": metadata, "spec": spec}


def policy(name: str = "p", namespace: str = "shop", **spec: Any) -> dict[str, Any]:
    """A NetworkPolicy for every pod of its namespace, unless the spec says otherwise."""
    return thing("networking.k8s.io/v1", "NetworkPolicy", name, namespace, spec={"podSelector": {}, **spec})
