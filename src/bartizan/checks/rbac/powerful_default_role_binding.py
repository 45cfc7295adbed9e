"""Binding gives away a powerful default role.

Every cluster has roles from its start. `edit` and `admin` are meant for one namespace: bound in the whole cluster
they read every Secret and start pods in `kube-system` as its most powerful accounts. Those called `system:`
belong to parts of Kubernetes. Whoever steals such a subject's credentials takes over the cluster.

**Looks at** `roleRef` of RoleBindings and ClusterRoleBindings that names a default role, as Kubernetes makes it or as
a scanned object of its name does, aggregated rules worked out. It is found where the rules lead up in the whole
cluster or in `kube-system`: reading every Secret, starting pods, tokens, impersonation and the like. `edit` or
`admin` in another namespace passes. Subjects that Kubernetes itself binds to the role pass, and so does
`system:masters`. `cluster-admin` is told by `cluster-admin-binding`, a scanned workload that gets the role by
`workload-can-take-over-cluster`. Everybody, and in a ClusterRoleBinding everyone with a credential and accounts
called `default`, are told by `anonymous-binding`, `all-authenticated-binding` and `default-service-account-rights`.

**Instead** bind the role in the namespaces where the subjects work:

```yaml
kind: RoleBinding
metadata: {name: developers, namespace: shop}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: edit}
subjects:
  - {kind: Group, apiGroup: rbac.authorization.k8s.io, name: "shop:developers"}
```

**Misses** roles of your own with the same rights: the checks of roles look at those. Subjects beside a scanned
workload in one binding are not told apart from it. A RoleBinding of `kube-system` whose namespace is not written,
and subjects that were added to a binding which Kubernetes made, pass.
"""

from collections.abc import Iterable
from typing import Any

from bartizan.access.reading import BINDINGS, Binding
from bartizan.access.who import ACCOUNTS, ANONYMOUS, AUTHENTICATED, MASTERS, UNAUTHENTICATED, account, title
from bartizan.checks.check import Check, Context, Fault
from bartizan.checks.rbac._rbac import REFERENCE, binding, ways
from bartizan.model.resource import Resource

_SHOWN = 3
_CLUSTER_ADMIN = ("ClusterRole", "cluster-admin")
_TOLD = {("User", ANONYMOUS), ("Group", UNAUTHENTICATED)}
"""Of whom `anonymous-binding` tells, at least as loud."""
_TOLD_IN_CLUSTER = {("Group", AUTHENTICATED), ("Group", ACCOUNTS)}
"""Of whom `all-authenticated-binding` tells, as loud in a ClusterRoleBinding only."""


def _find(resource: Resource, context: Context) -> Iterable[Fault]:
    bound = binding(resource)
    if bound is None:
        return
    subjects = [item for item in bound.subjects if _counts(item, bound)]  # first: one that is ill-typed is told
    if not _is_default(bound, context):
        return
    own = _bound_by_kubernetes(bound, context)
    subjects = [item for item in subjects if _key(item, bound) not in own]
    up = ways(bound, context) if subjects else ()
    if up:
        yield Fault(("roleRef", "name"), _message(bound, subjects, up[0]))


def _is_default(bound: Binding, context: Context) -> bool:
    """Whether every cluster has the role from its start; `cluster-admin` is another check's."""
    space = bound.resource.namespace if bound.role_kind == "Role" else ""
    named = (bound.role_kind, bound.role, space)
    return named[:2] != _CLUSTER_ADMIN and any(
        (role["kind"], role["metadata"]["name"], role["metadata"].get("namespace", "")) == named
        for role in context.data["roles"]
    )


def _bound_by_kubernetes(bound: Binding, context: Context) -> set[tuple[str, str, str]]:
    """Who has the role from the start of every cluster, there or everywhere: a binding of one's own adds nothing."""
    return {
        (subject["kind"], subject["name"], subject.get("namespace", ""))
        for made in context.data["bindings"]
        if (made["roleRef"]["kind"], made["roleRef"]["name"]) == (bound.role_kind, bound.role)
        and made["metadata"].get("namespace") in (None, bound.namespace)
        for subject in made.get("subjects", ())
    }


def _key(subject: dict[str, Any], bound: Binding) -> tuple[str, str, str]:
    """A subject as the table writes it, in whichever spelling it stands."""
    found = account(subject, bound.resource.namespace)
    if found is not None:
        return "ServiceAccount", found[1], found[0]
    return subject.get("kind", ""), subject.get("name", ""), ""


def _counts(subject: dict[str, Any], bound: Binding) -> bool:
    """Whether the binding gives the subject something, and no other check tells that as loud."""
    named = subject.get("kind", ""), subject.get("name", "")
    if named in _TOLD or named == ("Group", MASTERS):
        return False
    if bound.namespace is not None:
        return True
    _, called = account(subject, "") or ("", "")
    return named not in _TOLD_IN_CLUSTER and called != "default"


def _message(bound: Binding, subjects: list[dict[str, Any]], way: str) -> str:
    where = "the whole cluster" if bound.namespace is None else f"`{bound.namespace}`"
    return (
        f"gives {_listed(subjects, bound)} the default role `{bound.role_title}` in {where}, which is enough to {way} "
        f"there and so to take over the cluster: {_remedy(bound)}"
    )


def _remedy(bound: Binding) -> str:
    if bound.role.startswith("system:"):
        return "that role is for a part of Kubernetes, bind one that names what they need"
    if bound.namespace is None:
        return "write a RoleBinding to it in the namespace where they work"
    return "bind it in a namespace of their own, or bind here a role that names what they need"


def _listed(subjects: list[dict[str, Any]], bound: Binding) -> str:
    names = list(dict.fromkeys(title(item, bound.resource.namespace) for item in subjects))
    rest = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return ", ".join(names[:_SHOWN]) + rest


check = Check(
    id="powerful-default-role-binding",
    judges="object",
    kinds=BINDINGS,
    severity="high",
    find=_find,
    needs=("inventory",),
    data="bootstrap-roles",
    overrides=("workload-can-take-over-cluster",),
    references=(REFERENCE, "https://kubernetes.io/docs/reference/access-authn-authz/rbac/#user-facing-roles"),
)
