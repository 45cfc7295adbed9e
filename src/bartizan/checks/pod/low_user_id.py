"""Container runs under a low user number.

A container's user numbers are the node's as well. Low ones belong to the node's services and people: a
process that gets out of its container, or reaches a path of the node, then meets files that are open to its number.
High numbers belong to nobody.

**Looks at** `securityContext.runAsUser` of the pod and of every container; a number below the parameter `minimum`
is found. The user 0 is told by `root-user` where that runs. From Kubernetes 1.33 on, a pod in its own user
namespace (`hostUsers: false`) passes. So do pods with `os.name: windows`, where the numbers mean nothing.

**Instead**

```yaml
securityContext:
  runAsUser: 10001
```

The image's files must be readable for that user; most are readable for all.

**Misses** the user that the image names, where the field is absent.
"""

from collections.abc import Iterable

import msgspec

from bartizan.checks.check import Check, Context, Fault
from bartizan.checks.pod._low_id import low_ids
from bartizan.model.workload import PodView


class Params(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which numbers are low."""

    minimum: int = 10_000
    """The lowest number that passes."""


def _find(pod: PodView, context: Context) -> Iterable[Fault]:
    return low_ids(pod, context, "runAsUser", "user")


check = Check(
    id="low-user-id",
    judges="pod",
    severity="info",
    persona="audit",
    find=_find,
    params=Params,
    overrides=("root-user",),
    references=("https://kubernetes.io/docs/tasks/configure-pod-container/security-context/",),
)
