"""Container reserves no CPU.

The scheduler puts a container on a node by what it reserves, and the kernel shares out the CPU by it. One that
reserves nothing is put anywhere, and gets what others leave: it is slow whenever the node is busy. An attacker who
keeps a neighbour busy so slows it down as well.

**Looks at** `resources.requests.cpu` of init, sidecar and regular containers, and at the pod's own
`resources` (Kubernetes 1.34 and later), which hold for all of them. Where there is a limit and no request,
Kubernetes takes the limit for the request. A request of `0` means none. Ephemeral containers cannot have requests.

**Instead**

```yaml
resources:
  requests: {cpu: 100m}
```

**Misses** whether the request is sensible. A LimitRange that fills one in is not seen: the finding then asks for
what the cluster already does.
"""

from collections.abc import Iterable

from bartizan.checks.check import Check, Context, Fault
from bartizan.checks.pod._resources import missing_request
from bartizan.model.workload import Container

_WHY = "so it gets what others leave: set `resources.requests.cpu` to what the program needs when it is busy"


def _find(container: Container, context: Context) -> Iterable[Fault]:
    return missing_request(container, context, "cpu", _WHY)


check = Check(
    id="missing-cpu-request",
    judges="container",
    severity="low",
    persona="audit",
    find=_find,
    references=("https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/",),
)
