"""Probe asks a port that the container does not declare.

A probe by a port's name fails for ever where the container declares no port of that name: it never gets
ready, or is restarted again and again. By number it works, but the number is then likely a mistake.

**Looks at** `httpGet`, `tcpSocket` and `grpc` of probes and lifecycle hooks, and `ports` of the same
container. A name that is not declared weighs `low`; a number weighs `info`, and its confidence is low where
the container declares no port at all, or the probe names another `host`.

**Instead** declare the port, and ask for it by its name:

```yaml
ports:
  - {name: http, containerPort: 8080}
readinessProbe:
  httpGet: {path: /ready, port: http}
```

**Misses** whether the program listens there.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from bartizan.checks.check import Check, Context, Fault
from bartizan.model.path import Path
from bartizan.model.workload import Container

_PROBES: tuple[Path, ...] = (
    ("livenessProbe",),
    ("readinessProbe",),
    ("startupProbe",),
    ("lifecycle", "postStart"),
    ("lifecycle", "preStop"),
)
_REQUESTS = ("grpc", "httpGet", "tcpSocket")


def _find(container: Container, _context: Context) -> Iterable[Fault]:
    declared = [
        (port.get("name"), port.get("containerPort")) for port in container.raw.get("ports", ())
    ]  # read even without a probe, so that an ill-typed one is told
    names, numbers = {name for name, _ in declared}, {str(number) for _, number in declared}
    for path, request in _requests(container):
        port = request.get("port")
        where = ".".join(map(str, path))
        if isinstance(port, str) and not (port.isascii() and port.isdigit()):
            if port not in names:
                yield Fault(
                    (*container.path, *path, "port"),
                    f"container `{container.name}` declares no port `{port}`, so `{where}` fails for ever: give "
                    "one of its `ports` this name, or ask for another",
                    severity="low",
                )
        elif port is not None and str(port) not in numbers:
            yield Fault(
                (*container.path, *path, "port"),
                f"container `{container.name}` does not declare port {port}, which `{where}` asks: declare it "
                "under `ports`, or ask for one that is",
                confidence="medium" if declared and not request.get("host") else "low",
            )


def _requests(container: Container) -> Iterator[tuple[Path, dict[str, Any]]]:
    for probe in _PROBES:
        handler = container.raw
        for step in probe:
            handler = handler.get(str(step), {})
        for request in _REQUESTS:
            if request in handler:
                yield (*probe, request), handler[request]


check = Check(
    id="probe-port-not-declared",
    judges="container",
    severity="info",
    persona="audit",
    find=_find,
    references=(
        "https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/",
    ),
)
