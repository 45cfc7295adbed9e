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
from functools import lru_cache

from bartizan.checks.check import CannotTell, Check, Context, Fault
from bartizan.checks.rbac._rbac import ANYWHERE, RBAC, bound_accounts
from bartizan.model.finding import Op
from bartizan.model.resource import Resource
from bartizan.model.shape import FLAG, Fields, IllTypedField, conform
from bartizan.model.unknown import Unknown
from bartizan.model.workload import PodView

_ACCOUNT = Fields({"automountServiceAccountToken": FLAG})


def _find(pod: PodView, context: Context) -> Iterable[Fault]:
    own = pod.spec.get("automountServiceAccountToken")
    if own is False:
        return
    account: str = pod.spec.get("serviceAccountName") or pod.spec.get("serviceAccount") or "default"
    namespace = pod.resource.namespace
    if own is None and not _account_mounts(context, namespace, account):
        return
    bound = not _bound(context).isdisjoint({(namespace, account), (ANYWHERE, account)})
    if bound and account != "default":
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


def _account_mounts(context: Context, namespace: str, account: str) -> bool:
    found = context.lookups.find("", "ServiceAccount", namespace, account)
    if isinstance(found, Unknown):
        if account == "default":
            return True
        raise CannotTell(f"{found.message}: it may switch the token off", "not-evaluable-here")
    try:
        return _switch(found) is not False
    except IllTypedField as error:
        raise CannotTell(f"ServiceAccount `{account}` cannot be read: {error}", "lookup-failed") from error


def _switch(account: Resource) -> bool | None:
    value: bool | None = conform(account.raw, _ACCOUNT, (), []).get("automountServiceAccountToken")
    return value


def _bound(context: Context) -> frozenset[tuple[str, str]]:
    bindings = context.lookups.objects(RBAC, "RoleBinding") + context.lookups.objects(RBAC, "ClusterRoleBinding")
    return _accounts(bindings)


@lru_cache(maxsize=4)
def _accounts(bindings: tuple[Resource, ...]) -> frozenset[tuple[str, str]]:
    """Every account that one of the bindings names; the same bindings are read once for all pods.

    Where a namespace is not written, on either side, the name alone decides.
    """
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
