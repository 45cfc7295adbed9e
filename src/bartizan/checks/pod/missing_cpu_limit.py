"""Container has no CPU limit.

Without a limit a loop, or a program that mines coins for an intruder, takes all CPU that neighbours have not
reserved. It is an opinion, hence persona `audit`: where every container has a request, a limit only makes a program
slow while CPU lies idle.

**Looks at** `resources.limits.cpu` of init, sidecar and regular containers, and at the pod's own
`resources.limits` (Kubernetes 1.34 and later), which bounds all of them. A limit of `0` means none. Ephemeral
containers cannot have limits.

**Instead**

```yaml
resources:
  requests: {cpu: 100m}
  limits: {cpu: "1"}
```

**Misses** whether the limit is sensible. A LimitRange that fills one in is not seen: the finding then asks for
what the cluster already does.
"""

from collections.abc import Iterable

from bartizan.checks.check import Check, Context, Fault
from bartizan.checks.pod._resources import missing_limit
from bartizan.model.workload import Container

_WHY = (
    "so it may take all that is not reserved: set `resources.limits.cpu`, or see that its neighbours have requests"
)


def _find(container: Container, context: Context) -> Iterable[Fault]:
    return missing_limit(container, context, "cpu", _WHY)


check = Check(
    id="missing-cpu-limit",
    judges="container",
    severity="info",
    persona="audit",
    find=_find,
    overrides=("missing-memory-limit",),
    references=("https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/",),
)
