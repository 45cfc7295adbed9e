"""Container may forge packets.

With the capability `NET_RAW`, which many runtimes give by default, a program may open raw sockets: it can pretend to
be another pod, answer in the place of the DNS server, and scan the network below what policies see. Hardly any
program but `ping` needs it.

**Looks at** `securityContext.capabilities` of every container: `drop` must hold `ALL` or `NET_RAW`, and `add` may
not hold `NET_RAW` or `ALL`. Pods with `os.name: windows` are left out.

**Instead**

```yaml
securityContext:
  capabilities:
    drop: [ALL]
```

**Misses** runtimes that do not give the capability. Where `undropped-capabilities` or `added-capabilities` runs, what
they say of the same container is told once, by them.
"""

from collections.abc import Iterable
from typing import Any

from bartizan.checks.check import Check, Context, Fault
from bartizan.model.finding import Op
from bartizan.model.workload import Container

_DROPS = frozenset({"ALL", "NET_RAW"})
_ADDS = frozenset({"ALL", "CAP_ALL", "NET_RAW", "CAP_NET_RAW"})


def _find(container: Container, _context: Context) -> Iterable[Fault]:
    capabilities: dict[str, Any] = container.security.get("capabilities", {})
    drops, adds = capabilities.get("drop", ()), capabilities.get("add", ())
    if not adds and "ALL" in drops:
        return ()
    return () if container.pod.windows else _faults(container, drops, adds)


def _faults(container: Container, drops: Iterable[str], adds: Iterable[str]) -> Iterable[Fault]:
    path = (*container.path, "securityContext", "capabilities")
    given = [index for index, name in enumerate(adds) if name.upper() in _ADDS]
    for index in given:
        yield Fault(
            (*path, "add", index),
            f"container `{container.name}` asks for the capability to forge packets: remove it from "
            "`securityContext.capabilities.add`",
        )
    if not given and _DROPS.isdisjoint(map(str.upper, drops)):
        yield Fault(
            (*path, "drop"),
            f"container `{container.name}` may forge packets by the capability `NET_RAW`: set "
            "`securityContext.capabilities.drop: [ALL]`",
            fix=(Op("set", (*path, "drop"), [*drops, "NET_RAW"]),),
        )


check = Check(
    id="undropped-net-raw",
    judges="container",
    severity="low",
    persona="strict",
    find=_find,
    overrides=("undropped-capabilities", "added-capabilities"),
    references=("https://kubernetes.io/docs/tasks/configure-pod-container/security-context/",),
)
