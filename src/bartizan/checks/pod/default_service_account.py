"""Pod runs as the default ServiceAccount, with its token.

Every pod that names no ServiceAccount shares `default` with all others of its namespace. Rights that one of them
needs are then rights of all, and an audit log cannot tell who used them. It costs nothing as long as no token is
mounted.

**Looks at** `serviceAccountName` (and the older `serviceAccount`) of the pod; absent means `default`. A pod
without the account's token passes: `automountServiceAccountToken: false`, on the pod or, where the pod says
nothing, on the ServiceAccount among the scanned objects.

**Instead** give the program an account of its own, or switch the token off if it never talks to the API server:

```yaml
spec:
  serviceAccountName: web
```

**Misses** tokens in `projected` volumes. Where `service-account-token` runs as well it tells this pod, once, and
whether the account has any rights.
"""

from collections.abc import Iterable

from bartizan.checks.check import Check, Context, Fault
from bartizan.checks.pod._service_account import DEFAULT, account_of, mounts_token
from bartizan.model.workload import PodView


def _find(pod: PodView, context: Context) -> Iterable[Fault]:
    if account_of(pod) == DEFAULT and mounts_token(pod, context, DEFAULT):
        yield Fault(
            (*pod.spec_path, "automountServiceAccountToken"),
            "pod runs as `default`, which it shares with other pods of its namespace, and has its token: name a "
            "ServiceAccount of its own in `serviceAccountName`, or set `automountServiceAccountToken: false`",
        )


check = Check(
    id="default-service-account",
    judges="pod",
    severity="low",
    persona="strict",
    confidence="medium",
    find=_find,
    needs=("inventory",),
    overrides=("service-account-token",),
    references=("https://kubernetes.io/docs/concepts/security/service-accounts/",),
)
