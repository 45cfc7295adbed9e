"""Container asks for more than was agreed.

A request reserves a part of a node whether it is used or not, and a limit is what a program may take when it runs wild
or is made to. One container that asks for a node of its own leaves the others without.

**Looks at** `resources` of init, sidecar and regular containers. Only with one of the parameters: `limits` and
`requests` name the most that each resource may have. Where there is a limit and no request, Kubernetes takes the limit
for the request. With neither parameter everything passes.

**Instead** ask for what the program needs, and talk to those who run the cluster if that is more:

```yaml
resources:
  requests: {cpu: 100m, memory: 128Mi}
  limits: {cpu: 500m, memory: 256Mi}
```

**Misses** resources of the pod as a whole, and containers without a limit: see `missing-memory-limit` and
`missing-cpu-limit`.
"""

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from bartizan.checks.check import CannotTell, Check, Context, Fault
from bartizan.checks.pod._quantity import amount, worth
from bartizan.model.workload import Container


class Params(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The most that a container may ask for."""

    limits: dict[str, str] = {}
    """The highest limit of each resource, such as `cpu: "2"` or `memory: 4Gi`."""
    requests: dict[str, str] = {}
    """The highest request of each resource."""


def _find(container: Container, context: Context) -> Iterable[Fault]:
    params = context.params
    if not (params.limits or params.requests):
        return ()
    resources: dict[str, Any] = container.raw.get("resources", {})
    limits = resources.get("limits", {})
    return (
        *_excesses(container, "limits", limits, params.limits),
        *_excesses(container, "requests", resources.get("requests", {}), params.requests, limits),
    )


def _excesses(
    container: Container,
    kind: str,
    asked: dict[str, Any],
    most: dict[str, str],
    instead: dict[str, Any] | None = None,
) -> Iterator[Fault]:
    for resource, highest in most.items():
        written = asked.get(resource, (instead or {}).get(resource))
        bound = amount(highest)
        if bound is None:
            message = f"the parameter `{kind}.{resource}: {highest}` is no quantity"
            raise CannotTell(message, "lookup-failed")
        path = (*container.path, "resources", kind, resource)
        if written is not None and worth(written, path) > bound:
            yield Fault(
                path,
                f"container `{container.name}` asks for {written} of {resource} by `resources.{kind}`, where {highest} is "
                f"the most: set `resources.{kind}.{resource}` to what it needs",
            )


check = Check(
    id="excessive-resources",
    judges="container",
    severity="low",
    find=_find,
    params=Params,
    references=("https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/",),
)
