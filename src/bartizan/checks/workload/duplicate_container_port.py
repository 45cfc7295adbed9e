"""Pod declares a port twice.

Containers of a pod share one network: two that listen at the same port cannot both start. A port that is
written twice in one container is mostly the rest of a merge, and tools that merge by port lose one of them.
A name that stands for two ports sends requests to either.

**Looks at** `ports` of the containers of a pod that run at the same time (regular ones and sidecars): the
same `containerPort` and `protocol` twice, and in one container the same `name` twice, which the API server
refuses.

**Instead** give each port a number and a name of its own:

```yaml
ports:
  - {name: http, containerPort: 8080}
  - {name: metrics, containerPort: 9090}
```

**Misses** ports that a program listens at without declaring them.
"""

from collections.abc import Iterable

from bartizan.checks.check import Check, Context, Fault
from bartizan.model.path import Path
from bartizan.model.workload import PodView


def _find(pod: PodView, _context: Context) -> Iterable[Fault]:
    taken: dict[tuple[int, str], str] = {}
    """The container that has a port, by number and protocol."""
    for container in pod.containers:
        names: set[str] = set()
        own: set[tuple[int, str]] = set()
        for index, port in enumerate(container.raw.get("ports", ())):
            path: Path = (*container.path, "ports", index)
            key = port.get("containerPort", 0), port.get("protocol", "TCP")
            name = port.get("name", "")
            if name and name in names:
                yield Fault(
                    (*path, "name"),
                    f"container `{container.name}` declares two ports called `{name}`, which the API server "
                    "refuses: give each a name of its own",
                )
            if key in own:
                yield Fault(
                    (*path, "containerPort"),
                    f"container `{container.name}` declares port {key[0]}/{key[1]} twice: remove one of the two",
                )
            elif container.role in ("regular", "sidecar"):
                first = taken.setdefault(key, container.name)
                if first != container.name:
                    yield Fault(
                        (*path, "containerPort"),
                        f"containers `{first}` and `{container.name}` both declare port {key[0]}/{key[1]}, and "
                        "only one of them can listen: give one another port",
                    )
            names.add(name)
            own.add(key)


check = Check(
    id="duplicate-container-port",
    judges="pod",
    severity="low",
    persona="audit",
    find=_find,
    references=("https://kubernetes.io/docs/concepts/services-networking/",),
)
