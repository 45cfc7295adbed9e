"""Container listens on a privileged port.

On many nodes only root, or a process with the capability `NET_BIND_SERVICE`, may listen below 1024. A program that
wants such a port is therefore kept running as root, for a number that nobody outside needs: a Service gives it any
port.

**Looks at** `ports[*].containerPort` of every container. A pod whose sysctl `net.ipv4.ip_unprivileged_port_start`
is no higher than the port passes: there every user may listen on it. So do pods with `os.name: windows`. An SSH
server's port is told by `ssh-server` where that runs.

**Instead** listen above 1023 and let the Service translate:

```yaml
containers:
  - name: web
    ports: [{name: http, containerPort: 8080}]
```

**Misses** ports that are not written down, and runtimes that allow low ports to everybody, as newer ones do: there
this only is a habit.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from bartizan.checks.check import Check, Context, Fault
from bartizan.model.workload import Container, PodView

_FIRST_FREE = 1024
_START = "net.ipv4.ip_unprivileged_port_start"


def _find(container: Container, _context: Context) -> Iterable[Fault]:
    ports = container.raw.get("ports", ())
    low = any(0 < port.get("containerPort", 0) < _FIRST_FREE for port in ports)
    return _faults(container, ports) if low and not container.pod.windows else ()


def _faults(container: Container, ports: list[dict[str, Any]]) -> Iterator[Fault]:
    first_free = _first_free(container.pod)
    for index, port in enumerate(ports):
        number = port.get("containerPort", 0)
        if 0 < number < first_free:
            yield Fault(
                (*container.path, "ports", index, "containerPort"),
                f"container `{container.name}` listens on port {number}, for which many nodes ask for root: listen "
                "above 1023, and let the Service's `targetPort` name that",
            )


def _first_free(pod: PodView) -> int:
    for sysctl in pod.security.get("sysctls", ()):
        value: str = sysctl.get("value", "")
        if sysctl.get("name") == _START and value.isdecimal():
            return min(int(value), _FIRST_FREE)
    return _FIRST_FREE


check = Check(
    id="privileged-port",
    judges="container",
    severity="info",
    persona="audit",
    find=_find,
    overrides=("ssh-server",),
    references=("https://kubernetes.io/docs/tasks/administer-cluster/sysctl-cluster/",),
)
