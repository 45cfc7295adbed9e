"""Probe or lifecycle hook calls another host.

The kubelet makes the requests of probes and lifecycle hooks, from the node. With `host` set they do not go to
the pod but to whatever is named there: the node's loopback, an internal service, the cloud's metadata
address. Whoever may write a pod can so make nodes call where the pod itself may not.

**Looks at** `host` in `httpGet` and `tcpSocket` of `livenessProbe`, `readinessProbe`, `startupProbe` and of
the lifecycle hooks `postStart` and `preStop`, in every container; absent or empty is the pod. Part of the Pod
Security Standards since Kubernetes 1.34.

**Instead** leave `host` out. A virtual host is asked for by a header:

```yaml
livenessProbe:
  httpGet:
    port: 8080
    httpHeaders:
      - {name: Host, value: shop.example}
```

**Misses** commands of `exec` probes: they run in the container, with its own reach.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from bartizan.checks.check import Check, Context, Fault
from bartizan.model.finding import Op
from bartizan.model.path import Path
from bartizan.model.user_info import bare
from bartizan.model.workload import Container

_PROBES = ("livenessProbe", "readinessProbe", "startupProbe")
_HOOKS = ("postStart", "preStop")
_REQUESTS = ("httpGet", "tcpSocket")


def _find(container: Container, _context: Context) -> Iterable[Fault]:
    raw = container.raw
    for probe in _PROBES:
        if handler := raw.get(probe):
            yield from _hosts(container, (probe,), handler)
    if lifecycle := raw.get("lifecycle"):
        for hook in _HOOKS:
            if handler := lifecycle.get(hook):
                yield from _hosts(container, ("lifecycle", hook), handler)


def _hosts(container: Container, place: Path, handler: dict[str, Any]) -> Iterator[Fault]:
    for request in _REQUESTS:
        if host := handler.get(request, {}).get("host"):
            path = (*container.path, *place, request, "host")
            field = ".".join(map(str, (*place, request, "host")))
            yield Fault(
                path,
                f"container `{container.name}` makes the node call `{bare(host)}`: "
                f"remove `{field}`, so that the pod itself is asked",
                fix=None if container.pod.spec.get("hostNetwork") else (Op("remove", path),),
            )


check = Check(
    id="host-probes",
    judges="container",
    severity="low",
    rules=((34, _find),),
    level="baseline",
    standard="hostProbesAndHostLifecycle",
    references=("https://kubernetes.io/docs/concepts/security/pod-security-standards/",),
)
