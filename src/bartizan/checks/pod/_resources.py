"""`resources`: what a container asks for and what it may take."""

from collections.abc import Iterator
from typing import Any

from bartizan.checks.check import Context, Fault
from bartizan.checks.pod._quantity import is_none
from bartizan.model.path import Path
from bartizan.model.workload import Container

_POD_LEVEL_SINCE = 34


def has_limit(container: Container, resource: str, minor: int) -> bool:
    """Whether the container, or its pod as a whole, has a limit; one of 0 is none."""
    return any(
        not is_none(resources.get("limits", {}).get(resource), (*path, "limits", resource))
        for path, resources in _resources(container, minor)
    )


def has_request(container: Container, resource: str, minor: int) -> bool:
    """Whether something is reserved for the container or its pod: without a request, what the limit says."""
    return any(_reserves(resources, resource, path) for path, resources in _resources(container, minor))


def _resources(container: Container, minor: int) -> Iterator[tuple[Path, dict[str, Any]]]:
    """The `resources` that hold for the container: its own, and those of its pod as a whole."""
    yield (*container.path, "resources"), container.raw.get("resources", {})
    if minor >= _POD_LEVEL_SINCE:
        yield (*container.pod.spec_path, "resources"), container.pod.spec.get("resources", {})


def _reserves(resources: dict[str, Any], resource: str, path: Path) -> bool:
    for field in ("requests", "limits"):
        written = resources.get(field, {}).get(resource)
        if written is not None:
            return not is_none(written, (*path, field, resource))
    return False


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
