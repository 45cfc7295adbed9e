"""`securityContext.procMount`: whether parts of /proc are hidden from a container."""

from collections.abc import Iterator

from bartizan.checks.check import Fault
from bartizan.model.finding import Op
from bartizan.model.workload import Container


def unmasked(container: Container) -> Iterator[Fault]:
    """The fault of a container that asks for another /proc than the default one."""
    value = container.security.get("procMount", "Default")
    if value != "Default":
        path = (*container.path, "securityContext", "procMount")
        yield Fault(
            path,
            f"container `{container.name}` sets `securityContext.procMount` to `{value}`, "
            "which lays parts of the kernel open: remove it or set `Default`",
            fix=(Op("set", path, "Default"),),
        )
