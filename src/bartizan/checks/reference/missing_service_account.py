"""Pod names a ServiceAccount that is not there.

Without its account the pod is not created at all. Whoever comes to mend it in a hurry mostly makes an
account of that name with too many rights.

**Looks at** `serviceAccountName` (or the old `serviceAccount`) of every pod, and the ServiceAccounts of the
namespace among the scanned objects. `default` is always there. Where no ServiceAccount of the namespace was
scanned it passes, unless the parameter `complete` says that everything was.

**Instead** add the account beside the pod:

```yaml
kind: ServiceAccount
apiVersion: v1
metadata: {name: web, namespace: shop}
automountServiceAccountToken: false
```

**Misses** accounts that something else makes, or that are applied from elsewhere: the finding then asks for what
exists. An object whose namespace is not written may stand in any.
"""

from collections.abc import Iterable

from bartizan.checks.check import Check, Context, Fault
from bartizan.checks.reference._named import Params, service_accounts
from bartizan.model.workload import PodView


def _find(pod: PodView, context: Context) -> Iterable[Fault]:
    field = "serviceAccountName" if pod.spec.get("serviceAccountName") else "serviceAccount"
    name = pod.spec.get(field) or "default"
    accounts = context.lookups.derive(service_accounts)
    space = pod.resource.namespace
    if name == "default" or accounts.find(space, name):
        return
    if accounts.known(space) or context.params.complete:
        yield Fault(
            (*pod.spec_path, field),
            f"no ServiceAccount `{name}` is among the scanned objects of the namespace, and without it the pod is "
            "not created: add it, or name one that is there",
        )


check = Check(
    id="missing-service-account",
    judges="pod",
    severity="low",
    confidence="medium",
    persona="audit",
    find=_find,
    needs=("inventory",),
    params=Params,
    references=("https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/",),
)
