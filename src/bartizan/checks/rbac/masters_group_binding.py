"""Binding names the group system:masters.

Whoever is in `system:masters` may do everything, whatever roles and bindings say, and nothing takes it back but
a new certificate authority. A binding gives such people nothing; that one names them shows that the group is in
use.

**Looks at** `subjects` of RoleBindings and ClusterRoleBindings. The binding `cluster-admin` that every cluster
has from its start passes.

**Instead** give administrators a group of their own, which a binding can be taken from:

```yaml
subjects:
  - {kind: Group, apiGroup: rbac.authorization.k8s.io, name: "shop:administrators"}
```

**Misses** certificates and identity providers that put people into the group: no object shows that.
"""

from collections.abc import Iterable

from bartizan.access.reading import BINDINGS
from bartizan.access.who import MASTERS
from bartizan.checks.check import Check, Context, Fault
from bartizan.checks.rbac._rbac import REFERENCE, binding
from bartizan.model.resource import Resource


def _find(resource: Resource, _context: Context) -> Iterable[Fault]:
    bound = binding(resource)
    for index, subject in enumerate(bound.subjects if bound else ()):
        if (subject.get("kind"), subject.get("name")) == ("Group", MASTERS):
            yield Fault(
                ("subjects", index, "name"),
                f"`{MASTERS}` may do everything without any binding, and nobody can take that back: bind a group of "
                "your own, and keep nobody in this one",
            )


check = Check(
    id="masters-group-binding",
    judges="object",
    kinds=BINDINGS,
    severity="low",
    persona="strict",
    find=_find,
    references=(REFERENCE,),
)
