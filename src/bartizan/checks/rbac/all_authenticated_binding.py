"""Binding gives rights to everyone who has a credential.

`system:authenticated` is each person and each pod, and with some providers everybody who has an account there.
`system:serviceaccounts` is every pod of the cluster, `system:serviceaccounts:NAMESPACE` every pod of one
namespace, also those that are added later. One container taken over has what is bound to them.

**Looks at** `subjects` of RoleBindings and ClusterRoleBindings. A ClusterRoleBinding weighs `high`, a
RoleBinding `medium`; for the accounts of one namespace `medium` and `low`. Bindings to roles that only tell
versions, health and one's own rights (`system:discovery`, `system:basic-user` and the like) pass.

**Instead** name who needs it:

```yaml
subjects:
  - {kind: ServiceAccount, name: certificate-watch, namespace: shop}
```

**Misses** what the role allows: a harmless role of your own is found as well. Everyone without any credential
is told by `anonymous-binding`.
"""

from collections.abc import Iterable

from bartizan.access.reading import BINDINGS
from bartizan.access.who import ACCOUNTS, AUTHENTICATED
from bartizan.checks.check import Check, Context, Fault
from bartizan.checks.rbac._rbac import REFERENCE, binding, weight
from bartizan.model.resource import Resource


def _find(resource: Resource, _context: Context) -> Iterable[Fault]:
    bound = binding(resource)
    if bound is None or bound.harmless:
        return
    for index, subject in enumerate(bound.subjects):
        name: str = subject.get("name", "")
        who = _who(name) if subject.get("kind") == "Group" else ""
        if who:
            yield Fault(
                ("subjects", index, "name"),
                f"`{name}` is {who} and gets `{bound.role_title}`: name the group or ServiceAccount that needs it",
                severity=weight(resource, cluster="medium", namespace="low")
                if name.startswith(f"{ACCOUNTS}:")
                else weight(resource, cluster="high", namespace="medium"),
            )


def _who(group: str) -> str:
    """Whom a group stands for, if for everyone of some kind."""
    if group == AUTHENTICATED:
        return "everyone who has any credential, each pod included,"
    if group == ACCOUNTS:
        return "every pod of the cluster"
    namespace = group.removeprefix(f"{ACCOUNTS}:")
    return f"every pod of namespace `{namespace}`" if namespace != group else ""


check = Check(
    id="all-authenticated-binding",
    judges="object",
    kinds=BINDINGS,
    severity="high",
    find=_find,
    references=(REFERENCE,),
)
