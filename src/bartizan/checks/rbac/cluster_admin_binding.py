"""Binding gives away cluster-admin.

`cluster-admin` allows everything on everything. A ClusterRoleBinding to it hands over the cluster, with
every secret in it; a RoleBinding hands over one namespace, and with `kube-system` again the cluster. Whoever
steals the subject's credentials, in a pipeline say, has the same.

**Looks at** `roleRef` of every RoleBinding and ClusterRoleBinding that has subjects. The group
`system:masters` passes, since it may do everything without any binding, and so does kubeadm's own binding
of its administrators.

**Instead** bind a role that names what the subject does:

```yaml
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: deployer
```

`roleRef` cannot be changed: delete the binding and make a new one.

**Misses** other roles with the same rights under another name: `wildcard-role` looks at those.
"""

from collections.abc import Iterable

from bartizan.access.reading import BINDINGS, is_cluster_wide
from bartizan.access.who import title
from bartizan.checks.check import Check, Context, Fault
from bartizan.checks.rbac._rbac import REFERENCE, binding, leads_out
from bartizan.model.resource import Resource

_ADMINISTRATORS = {("Group", "system:masters"), ("Group", "kubeadm:cluster-admins")}


def _find(resource: Resource, _context: Context) -> Iterable[Fault]:
    bound = binding(resource)
    if bound is None or (bound.role_kind, bound.role) != ("ClusterRole", "cluster-admin"):
        return
    subjects = [item for item in bound.subjects if (item.get("kind"), item.get("name")) not in _ADMINISTRATORS]
    if subjects:
        who = ", ".join(title(item, resource.namespace) for item in subjects)
        where = "the cluster" if is_cluster_wide(resource) else "the namespace"
        yield Fault(
            ("roleRef", "name"),
            f"gives {who} every right in {where}: bind a role that names what it needs",
            severity="critical" if leads_out(resource) else "high",
        )


check = Check(
    id="cluster-admin-binding",
    judges="object",
    kinds=BINDINGS,
    severity="critical",
    find=_find,
    references=(REFERENCE,),
)
