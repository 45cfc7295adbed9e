"""Container has no memory limit.

Without a limit a leak, or an attacker who feeds the program large requests, takes the whole node's memory.
The kernel then kills processes of other pods, and the node may stop answering.

**Looks at** `resources.limits` of init, sidecar and regular containers, and at the pod's own
`resources.limits`, which bounds all of them (Kubernetes 1.34 and later). A limit of `0` means none.
Ephemeral containers cannot have limits. The parameter `resources` names further limits to ask for, such as
`cpu` or `ephemeral-storage`.

**Instead** write what the program needs at its peak, with some reserve:

```yaml
resources:
  requests: {memory: 128Mi}
  limits: {memory: 256Mi}
```

**Misses** whether the limit is sensible. A LimitRange that fills in a limit is not seen: the finding then
asks for what the cluster already does; an exception for the namespace settles it.
"""

from collections.abc import Iterable

import msgspec

from bartizan.checks.check import Check, Context, Fault
from bartizan.checks.pod._resources import missing_limit
from bartizan.model.workload import Container


class Params(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What must be limited."""

    resources: tuple[str, ...] = ("memory",)
    """Keys of `resources.limits`: `memory`, `cpu`, `ephemeral-storage` or an extended resource."""


def _find(container: Container, context: Context) -> Iterable[Fault]:
    for resource in context.params.resources:
        yield from missing_limit(
            container,
            context,
            resource,
            "so one leak or attack in it can starve the node: "
            f"set `resources.limits.{resource}` to what the program needs at its peak",
        )


check = Check(
    id="missing-memory-limit",
    judges="container",
    severity="low",
    find=_find,
    params=Params,
    references=("https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/",),
)
