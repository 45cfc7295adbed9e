"""Binding gives rights to a default ServiceAccount.

Every pod that names no ServiceAccount runs as `default` of its namespace. Rights bound to it go to each of
them, also to those that are added later and know nothing of it.

**Looks at** `subjects` of RoleBindings and ClusterRoleBindings: a ServiceAccount called `default`, also in
the spelling `system:serviceaccount:NAMESPACE:default` of a User. A ClusterRoleBinding weighs `high`, a
RoleBinding `medium`. Bindings to roles that only tell versions, health and one's own rights pass.

**Instead** make an account for the one program that needs the rights, and name it in its pod:

```yaml
subjects:
  - {kind: ServiceAccount, name: certificate-watch, namespace: shop}
```

**Misses** rights of the groups `system:serviceaccounts` and `system:serviceaccounts:NAMESPACE`, which every
account has: see `all-authenticated-binding`.
"""

from collections.abc import Iterable

from bartizan.access.reading import BINDINGS
from bartizan.access.who import account
from bartizan.checks.check import Check, Context, Fault
from bartizan.checks.rbac._rbac import REFERENCE, binding, weight
from bartizan.model.resource import Resource


def _find(resource: Resource, _context: Context) -> Iterable[Fault]:
    bound = binding(resource)
    if bound is None or bound.harmless:
        return
    for index, subject in enumerate(bound.subjects):
        space, name = account(subject, resource.namespace) or ("", "")
        if name == "default":
            where = f" in namespace `{space}`" if space else ""
            yield Fault(
                ("subjects", index, "name"),
                f"every pod{where} that names no ServiceAccount gets `{bound.role_title}`: bind it to a "
                "ServiceAccount of its own, and name that one in the pod that needs it",
                severity=weight(resource, cluster="high", namespace="medium"),
            )


check = Check(
    id="default-service-account-rights",
    judges="object",
    kinds=BINDINGS,
    severity="high",
    find=_find,
    references=(REFERENCE,),
)
