"""Binding gives rights to everybody.

`system:anonymous` and `system:unauthenticated` are everyone who reaches the API server's port, without any
credential. `system:authenticated` is everyone with one: each person and each pod, and with some providers
everybody who has an account there. `system:serviceaccounts` is every pod of the cluster.

**Looks at** `subjects` of RoleBindings and ClusterRoleBindings. Without a credential a ClusterRoleBinding
weighs `critical` and a RoleBinding `high`; with one `high` and `medium`. Bindings to roles that only tell
versions, health and one's own rights (`system:public-info-viewer`, `system:discovery`, `system:basic-user`,
`system:service-account-issuer-discovery`) pass, and so does kubeadm's own for joining nodes.

**Instead** name who needs it:

```yaml
subjects:
  - {kind: Group, apiGroup: rbac.authorization.k8s.io, name: "shop:developers"}
```

**Misses** what the role allows: a harmless role of your own is found as well. The groups
`system:serviceaccounts:NAMESPACE` are not looked at.
"""

from collections.abc import Iterable

from bartizan.checks.check import Check, Context, Fault
from bartizan.checks.rbac._rbac import BINDINGS, REFERENCE, binding, weight
from bartizan.model.resource import Resource

_WITHOUT_CREDENTIAL = {
    ("User", "system:anonymous"): "everyone who reaches the API server, without any credential,",
    ("Group", "system:unauthenticated"): "everyone who reaches the API server, without any credential,",
}
_WITH_CREDENTIAL = {
    ("Group", "system:authenticated"): "everyone who has any credential, each pod included,",
    ("Group", "system:serviceaccounts"): "every pod of the cluster",
}
_EVERYBODY = _WITHOUT_CREDENTIAL | _WITH_CREDENTIAL
_JOINING = ("kube-public", "kubeadm:bootstrap-signer-clusterinfo")


def _find(resource: Resource, _context: Context) -> Iterable[Fault]:
    bound = binding(resource)
    if bound is None or bound.harmless or (resource.namespace, resource.name) == _JOINING:
        return
    for index, subject in enumerate(bound.subjects):
        who = (subject.get("kind", ""), subject.get("name", ""))
        if who in _EVERYBODY:
            open_door = who in _WITHOUT_CREDENTIAL
            yield Fault(
                ("subjects", index, "name"),
                f"`{who[1]}` is {_EVERYBODY[who]} and gets `{bound.role_title}`: "
                "name the group or ServiceAccount that needs it",
                severity=weight(resource, cluster="critical", namespace="high")
                if open_door
                else weight(resource, cluster="high", namespace="medium"),
            )


check = Check(
    id="anonymous-binding",
    judges="object",
    kinds=BINDINGS,
    severity="critical",
    find=_find,
    references=(REFERENCE,),
)
