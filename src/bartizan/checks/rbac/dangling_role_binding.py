"""Binding names a role or ServiceAccount that is not there.

The API server takes a binding to a role that does not exist, and nobody gets any rights: a program fails later,
far from the typing error. And whoever may make the missing role or account one day chooses what it means.

**Looks at** `roleRef` and the ServiceAccounts among `subjects`. It is found where the scanned objects hold others
of its kind and place, Roles of the same namespace or ClusterRoles say, and not this one. Default roles such as
`view` and the account `default` are always there. Of a ServiceAccount in another namespace the same holds. An
object whose namespace is not written may stand in any.

**Instead** name what stands beside it:

```yaml
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: Role
  name: certificate-writer
```

**Misses** a folder that holds nothing else of the kind; and a role that another chart installs is there in the
cluster all the same.
"""

from collections.abc import Iterable

from bartizan.access.reading import ANYWHERE, BINDINGS, Binding
from bartizan.access.rule import RBAC
from bartizan.access.who import account
from bartizan.checks.check import Check, Context, Fault
from bartizan.checks.rbac._rbac import REFERENCE, binding
from bartizan.model.resource import Resource
from bartizan.model.review import Lookups

_DEFAULT = "default"

_Place = tuple[str, str]
"""A kind and a namespace."""


def _find(resource: Resource, context: Context) -> Iterable[Fault]:
    bound = binding(resource)
    if bound is None:
        return
    names = context.lookups.derive(_names)
    if bound.role and not _is_default(bound, context) and _lacks(names, _place(bound), bound.role):
        yield Fault(
            ("roleRef", "name"),
            f"`{bound.role_title}` is not among the scanned objects, others like it are: correct the name, or add "
            "the role",
        )
    for index, subject in enumerate(bound.subjects):
        space, name = account(subject, resource.namespace) or ("", _DEFAULT)
        if name != _DEFAULT and _lacks(names, ("ServiceAccount", space), name):
            yield Fault(
                ("subjects", index, "name"),
                f"ServiceAccount `{name}` is not among the scanned objects, others of namespace `{space}` are: "
                "correct the name, or add the account",
            )


def _place(bound: Binding) -> _Place:
    return bound.role_kind, bound.resource.namespace if bound.role_kind == "Role" else ""


def _is_default(bound: Binding, context: Context) -> bool:
    """Whether every cluster has the role from its start, or makes it itself."""
    if bound.role.startswith("system:"):
        return True
    return any(
        (role["kind"], role["metadata"]["name"]) == (bound.role_kind, bound.role) for role in context.data["roles"]
    )


def _names(lookups: Lookups) -> dict[_Place, frozenset[str]]:
    """The names of the scanned roles and accounts."""
    found: dict[_Place, set[str]] = {}
    for group, kind in ((RBAC, "Role"), (RBAC, "ClusterRole"), ("", "ServiceAccount")):
        for item in lookups.objects(group, kind):
            found.setdefault((kind, item.namespace), set()).add(item.name)
            found.setdefault((kind, ANYWHERE), set()).add(item.name)
    return {place: frozenset(names) for place, names in found.items()}


def _lacks(names: dict[_Place, frozenset[str]], place: _Place, name: str) -> bool:
    """Whether others of the kind and place were scanned, and this one was not: neither there nor anywhere.

    Where a namespace is not written, on either side, the name alone decides.
    """
    kind, space = place
    perhaps = names.get((kind, "" if space else ANYWHERE), frozenset())
    return place in names and name not in names[place] and name not in perhaps


check = Check(
    id="dangling-role-binding",
    judges="object",
    kinds=BINDINGS,
    severity="low",
    confidence="medium",
    persona="audit",
    find=_find,
    needs=("inventory",),
    data="bootstrap-roles",
    references=(REFERENCE,),
)
