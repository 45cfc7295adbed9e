"""Binding gives rights to everybody.

`system:anonymous` and `system:unauthenticated` are everyone who reaches the API server's port, without any
credential. What is bound to them stands open to the network.

**Looks at** `subjects` of RoleBindings and ClusterRoleBindings. A ClusterRoleBinding weighs `critical`, a
RoleBinding `high`. Bindings to roles that only tell versions, health and one's own rights
(`system:public-info-viewer`, `system:discovery`, `system:basic-user`,
`system:service-account-issuer-discovery`) pass, and so does kubeadm's own for joining nodes.

**Instead** name who needs it:

```yaml
subjects:
  - {kind: Group, apiGroup: rbac.authorization.k8s.io, name: "shop:developers"}
```

**Misses** what the role allows: a harmless role of your own is found as well. Everyone who has some
credential is told by `all-authenticated-binding`.
"""

from collections.abc import Iterable

from bartizan.access.reading import BINDINGS
from bartizan.access.who import ANONYMOUS, UNAUTHENTICATED
from bartizan.checks.check import Check, Context, Fault
from bartizan.checks.rbac._rbac import REFERENCE, binding, weight
from bartizan.model.resource import Resource

_EVERYBODY = {("User", ANONYMOUS), ("Group", UNAUTHENTICATED)}
_JOINING = ("kube-public", "kubeadm:bootstrap-signer-clusterinfo")


def _find(resource: Resource, _context: Context) -> Iterable[Fault]:
    bound = binding(resource)
    if bound is None or bound.harmless or (resource.namespace, resource.name) == _JOINING:
        return
    for index, subject in enumerate(bound.subjects):
        kind, name = subject.get("kind", ""), subject.get("name", "")
        if (kind, name) in _EVERYBODY:
            yield Fault(
                ("subjects", index, "name"),
                f"`{name}` is everyone who reaches the API server, without any credential, and gets "
                f"`{bound.role_title}`: name the group or ServiceAccount that needs it",
                severity=weight(resource, cluster="critical", namespace="high"),
            )


check = Check(
    id="anonymous-binding",
    judges="object",
    kinds=BINDINGS,
    severity="critical",
    find=_find,
    references=(REFERENCE,),
)
