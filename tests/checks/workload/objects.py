"""Objects for tests of checks of workloads and of what they name."""

from typing import Any

WEB = {"app": "web"}


def item(api_version: str, kind: str, name: str = "web", namespace: str = "shop", **fields: Any) -> dict[str, Any]:
    """A small object of any kind."""
    metadata = {"name": name, **({"namespace": namespace} if namespace else {}), **fields.pop("metadata", {})}
    return {"apiVersion": api_version, "kind": kind, "metadata": metadata, **fields}


def deployment(
    labels: dict[str, str] | None = None,
    *,
    kind: str = "Deployment",
    name: str = "web",
    namespace: str = "shop",
    pod: dict[str, Any] | None = None,
    **spec: Any,
) -> dict[str, Any]:
    """A Deployment (or another kind of `apps`) whose pods have the labels."""
    own = WEB if labels is None else labels
    template = {"metadata": {"labels": own}, "spec": {"containers": [{"name": "app"}], **(pod or {})}}
    made = {"selector": {"matchLabels": own}, "template": template, **spec}
    return item("apps/v1", kind, name, namespace, spec=made)


def autoscaler(
    name: str = "web", kind: str = "Deployment", namespace: str = "shop", **spec: Any
) -> dict[str, Any]:
    """A HorizontalPodAutoscaler of a workload."""
    target = {"apiVersion": "apps/v1", "kind": kind, "name": name}
    made = {"scaleTargetRef": target, "maxReplicas": 9, **spec}
    return item("autoscaling/v2", "HorizontalPodAutoscaler", "scaler", namespace, spec=made)


def service(selector: Any = None, *, name: str = "front", namespace: str = "shop", **spec: Any) -> dict[str, Any]:
    """A Service for the pods with the labels."""
    chosen = WEB if selector is None else selector
    made = {"selector": chosen, "ports": [{"port": 80}], **spec}
    return item("v1", "Service", name, namespace, spec=made)


def budget(namespace: str = "shop", **spec: Any) -> dict[str, Any]:
    """A PodDisruptionBudget."""
    made = {"selector": {"matchLabels": WEB}, **spec}
    return item("policy/v1", "PodDisruptionBudget", "budget", namespace, spec=made)
