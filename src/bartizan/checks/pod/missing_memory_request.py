"""Container reserves no memory.

The scheduler puts a container on a node by the memory that it reserves. One that reserves nothing may land on a
node that has none left, and is among the first to be killed when memory runs out there.

**Looks at** `resources.requests.memory` of init, sidecar and regular containers, and at the pod's own
`resources` (Kubernetes 1.34 and later), which hold for all of them. Where there is a limit and no request,
Kubernetes takes the limit for the request. A request of `0` means none. Ephemeral containers cannot have requests.

**Instead**

```yaml
resources:
  requests: {memory: 128Mi}
  limits: {memory: 256Mi}
```

**Misses** whether the request is sensible. A LimitRange that fills one in is not seen: the finding then asks for
what the cluster already does.
"""

from collections.abc import Iterable

from bartizan.checks.check import Check, Context, Fault
from bartizan.checks.pod._resources import missing_request
from bartizan.model.workload import Container

_WHY = "so it is among the first to be killed: set `resources.requests.memory` to what the program needs"


def _find(container: Container, context: Context) -> Iterable[Fault]:
    return missing_request(container, context, "memory", _WHY)


check = Check(
    id="missing-memory-request",
    judges="container",
    severity="low",
    persona="audit",
    find=_find,
    references=("https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/",),
)
