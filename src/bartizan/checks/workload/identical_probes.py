"""Liveness probe asks what the readiness probe asks.

A pod that is overloaded, or waits for its database, should get no requests for a while: that is readiness.
With the same question for liveness it is killed in place of spared, the load moves to the next pod, and so
on through all of them. This is about reliability (persona `audit`).

**Looks at** `livenessProbe` and `readinessProbe` of containers that have both: the same `httpGet`,
`tcpSocket`, `grpc` or `exec`.

**Instead** let liveness ask only whether the program itself hangs:

```yaml
livenessProbe:
  httpGet: {path: /live, port: http}
readinessProbe:
  httpGet: {path: /ready, port: http}
```

**Misses** two paths that do the same, and one path written in two ways. A liveness probe that waits much
longer before it kills softens the danger; it is found all the same.
"""

from collections.abc import Iterable

from bartizan.checks.check import Check, Context, Fault
from bartizan.model.workload import Container

_HANDLERS = ("exec", "grpc", "httpGet", "tcpSocket")


def _find(container: Container, _context: Context) -> Iterable[Fault]:
    liveness, readiness = container.raw.get("livenessProbe", {}), container.raw.get("readinessProbe", {})
    for handler in _HANDLERS:
        asked = liveness.get(handler)
        if asked is not None and asked == readiness.get(handler):
            yield Fault(
                (*container.path, "livenessProbe", handler),
                f"container `{container.name}` is killed where it should only get no requests: let `livenessProbe` "
                "ask another question than `readinessProbe`, or leave it out",
            )


check = Check(
    id="identical-probes",
    judges="container",
    severity="info",
    persona="audit",
    find=_find,
    references=(
        "https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/",
    ),
)
