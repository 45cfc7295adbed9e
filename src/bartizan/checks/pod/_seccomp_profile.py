"""`securityContext.seccompProfile`: which system calls a container may make."""

from collections.abc import Iterator

from bartizan.checks.check import Fault
from bartizan.checks.pod._security_contexts import called, context_path, security_contexts
from bartizan.model.finding import Op
from bartizan.model.workload import PodView

_TYPES = frozenset({"RuntimeDefault", "Localhost"})


def unconfined(pod: PodView) -> Iterator[Fault]:
    """A fault for each profile that is written and filters nothing."""
    for holder, security in security_contexts(pod):
        profile = security.get("seccompProfile")
        if profile is not None and profile.get("type") not in _TYPES:
            path = (*context_path(holder), "seccompProfile", "type")
            yield Fault(
                path,
                f"{called(holder)} runs under the seccomp profile `{profile.get('type', '')}`: "
                "set `securityContext.seccompProfile.type` to `RuntimeDefault` or `Localhost`",
                fix=None if "localhostProfile" in profile else (Op("set", path, "RuntimeDefault"),),
            )
