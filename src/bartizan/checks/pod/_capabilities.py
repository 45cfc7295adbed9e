"""`securityContext.capabilities.add`: single powers of root, given to a container."""

from collections.abc import Iterator

from bartizan.checks.check import Fault
from bartizan.model.finding import Severity
from bartizan.model.workload import Container

DEFAULT = frozenset(
    {
        "AUDIT_WRITE",
        "CHOWN",
        "DAC_OVERRIDE",
        "FOWNER",
        "FSETID",
        "KILL",
        "MKNOD",
        "NET_BIND_SERVICE",
        "SETFCAP",
        "SETGID",
        "SETPCAP",
        "SETUID",
        "SYS_CHROOT",
    }
)
"""What container runtimes give anyway; adding one of these changes little."""

_STRONG = frozenset(
    {
        "ALL",
        "BPF",
        "CHECKPOINT_RESTORE",
        "DAC_READ_SEARCH",
        "MAC_ADMIN",
        "MAC_OVERRIDE",
        "NET_ADMIN",
        "PERFMON",
        "SYS_ADMIN",
        "SYS_BOOT",
        "SYS_MODULE",
        "SYS_PTRACE",
        "SYS_RAWIO",
        "SYSLOG",
    }
)
"""One step from the node: its kernel, devices, files, memory, network or mandatory access control."""


def added(container: Container, allowed: frozenset[str]) -> Iterator[Fault]:
    """A fault for each added capability that is not among the `allowed` ones, as written: case counts."""
    capabilities = container.security.get("capabilities")
    if capabilities is None:
        return
    for index, name in enumerate(capabilities.get("add", ())):
        if name not in allowed:
            yield Fault(
                (*container.path, "securityContext", "capabilities", "add", index),
                f"container `{container.name}` adds the capability `{name}`: "
                "remove it from `securityContext.capabilities.add`",
                evidence=name,
                severity=_severity(name),
            )


def _severity(name: str) -> Severity:
    plain = name.upper().removeprefix("CAP_")
    if plain in _STRONG:
        return "high"
    return "low" if name in DEFAULT else "medium"
