"""ServiceAccount gives its token to every pod.

Each pod that runs as the account gets a token for the API server, also one that never speaks to it. Whoever
takes over such a pod has the account's rights.

**Looks at** `automountServiceAccountToken` of ServiceAccounts; absent means true. A pod that says so itself may
differ: see `service-account-token`.

**Instead** switch it off here, and on again in the pods that need it:

```yaml
kind: ServiceAccount
apiVersion: v1
metadata: {name: web, namespace: shop}
automountServiceAccountToken: false
```

There is no automatic fix: a program that needs the token would lose it.

**Misses** whether any pod runs as the account, and whether the account may do anything.
"""

from collections.abc import Iterable

from bartizan.checks.check import Check, Context, Fault
from bartizan.model.resource import GroupKind, Resource
from bartizan.model.shape import FLAG, Fields, conform

_FIELD = "automountServiceAccountToken"
_ACCOUNT = Fields({_FIELD: FLAG})


def _find(resource: Resource, _context: Context) -> Iterable[Fault]:
    if conform(resource.raw, _ACCOUNT, (), []).get(_FIELD) is not False:
        yield Fault(
            (_FIELD,),
            f"every pod that runs as `{resource.name}` gets its token: set `{_FIELD}: false` here, and `true` in the "
            "pods that need it",
        )


check = Check(
    id="automounting-service-account",
    judges="object",
    kinds=(GroupKind("", "ServiceAccount"),),
    severity="low",
    persona="audit",
    find=_find,
    references=("https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/",),
)
