"""Pod mounts an API token it hardly needs.

By default every container finds a token for the API server in its file system. An attacker inside uses it
to look around, and to do whatever the ServiceAccount may do now or is granted later. Most programs never
talk to the API server.

**Looks at** `automountServiceAccountToken` of the pod, else of its ServiceAccount; absent means true. A pod
with a ServiceAccount of its own that some RoleBinding or ClusterRoleBinding among the scanned objects names
is taken to need the token. One that runs as the namespace's `default` account, or whose account no binding
names, is not. If the ServiceAccount is not among the scanned objects (and is not `default`) the verdict is
`skip`.

**Instead** switch it off; where the API is needed, give the program a ServiceAccount of its own:

```yaml
spec:
  serviceAccountName: web
  automountServiceAccountToken: false
```

**Misses** tokens in `projected` volumes, which somebody asked for by hand. A program that only proves who
it is by its token, to a vault say, needs no binding and is found all the same: give it a projected token.
"""

from collections.abc import Iterable

from bartizan.access.reading import ANYWHERE, bound_accounts
from bartizan.access.rule import RBAC
from bartizan.checks.check import Check, Context, Fault
from bartizan.checks.pod._service_account import DEFAULT, account_of, mounts_token
from bartizan.model.finding import Op
from bartizan.model.review import Lookups
from bartizan.model.workload import PodView


def _find(pod: PodView, context: Context) -> Iterable[Fault]:
    account = account_of(pod)
    if not mounts_token(pod, context, account):
        return
    named = context.lookups.derive(_named_by_bindings)
    bound = not named.isdisjoint({(pod.resource.namespace, account), (ANYWHERE, account)})
    if bound and account != DEFAULT:
        return
    path = (*pod.spec_path, "automountServiceAccountToken")
    yield Fault(
        path,
        _message(account, bound=bound),
        fix=None if bound else (Op("set", path, False),),  # noqa: FBT003 - the field's value
    )


def _message(account: str, *, bound: bool) -> str:
    if bound:
        return (
            "pod mounts the token of the namespace's `default` ServiceAccount, which has rights here: set "
            "`automountServiceAccountToken: false`, or give the pod a ServiceAccount of its own"
        )
    return (
        f"pod mounts the token of ServiceAccount `{account}`, which no binding among the scanned objects "
        "gives any rights: set `automountServiceAccountToken: false`"
    )


def _named_by_bindings(lookups: Lookups) -> frozenset[tuple[str, str]]:
    """Every account that some binding names. Where a namespace is not written, on either side, its name decides."""
    bindings = lookups.objects(RBAC, "RoleBinding") + lookups.objects(RBAC, "ClusterRoleBinding")
    named = [account for binding in bindings for account in bound_accounts(binding)]
    return frozenset(named) | {("", name) for _, name in named}


check = Check(
    id="service-account-token",
    judges="pod",
    severity="low",
    persona="strict",
    confidence="medium",
    find=_find,
    needs=("inventory",),
    references=("https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/",),
)
