"""`resources`: what a container asks for and what it may take."""

from typing import Any

from bartizan.checks.check import Context, Fault
from bartizan.model.workload import Container

_POD_LEVEL_SINCE = 34
_NONE = (None, 0, "0")


def has_limit(container: Container, resource: str, minor: int) -> bool:
    """Whether the container, or its pod as a whole, has a limit; one of 0 is none."""
    limits = container.raw.get("resources", {}).get("limits", {})
    if limits.get(resource) not in _NONE:
        return True
    of_pod = container.pod.spec.get("resources", {}) if minor >= _POD_LEVEL_SINCE else {}
    return of_pod.get("limits", {}).get(resource) not in _NONE


def has_request(container: Container, resource: str, minor: int) -> bool:
    """Whether something is reserved for the container or its pod: without a request, what the limit says."""
    resources = container.raw.get("resources", {})
    return _reserves(resources, resource) or (
        minor >= _POD_LEVEL_SINCE and _reserves(container.pod.spec.get("resources", {}), resource)
    )


def _reserves(resources: dict[str, Any], resource: str) -> bool:
    request = resources.get("requests", {}).get(resource)
    return (resources.get("limits", {}).get(resource) if request is None else request) not in _NONE


def missing_limit(container: Container, context: Context, resource: str, why: str) -> tuple[Fault, ...]:
    """The fault of a container without a limit. Ephemeral containers cannot have one."""
    if container.role == "ephemeral" or has_limit(container, resource, context.minor):
        return ()
    return (_fault(container, resource, "limit", why),)


def missing_request(container: Container, context: Context, resource: str, why: str) -> tuple[Fault, ...]:
    """The fault of a container without a request. Ephemeral containers cannot have one."""
    if container.role == "ephemeral" or has_request(container, resource, context.minor):
        return ()
    return (_fault(container, resource, "request", why),)


def _fault(container: Container, resource: str, kind: str, why: str) -> Fault:
    return Fault(
        (*container.path, "resources", f"{kind}s", resource),
        f"container `{container.name}` has no {resource} {kind}, {why}",
    )
