"""The security contexts of a pod: its own and its containers'."""

from collections.abc import Iterator
from typing import Any

from bartizan.model.path import Path
from bartizan.model.workload import Container, PodView

Holder = PodView | Container


def security_contexts(pod: PodView) -> Iterator[tuple[Holder, dict[str, Any]]]:
    """Who holds a `securityContext`, with what stands in it; those without one are left out."""
    if security := pod.security:
        yield pod, security
    for container in pod.containers:
        if security := container.security:
            yield container, security


def context_path(holder: Holder) -> Path:
    """Where the holder's `securityContext` stands, or belongs."""
    start = holder.spec_path if isinstance(holder, PodView) else holder.path
    return (*start, "securityContext")


def called(holder: Holder) -> str:
    """What a message calls the holder."""
    return "the pod" if isinstance(holder, PodView) else f"container `{holder.name}`"


def listed(containers: list[Container]) -> str:
    """What a message calls several containers."""
    names = ", ".join(f"`{container.name}`" for container in containers)
    return f"container {names}" if len(containers) == 1 else f"containers {names}"
