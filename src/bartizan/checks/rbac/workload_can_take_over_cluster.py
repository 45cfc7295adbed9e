"""Binding lets a workload take over the cluster.

A program that was taken over has the token of its ServiceAccount. Where that token reads every Secret, starts
pods anywhere or binds roles, one broken web page is the whole cluster.

**Looks at** RoleBindings and ClusterRoleBindings that name a ServiceAccount as which a scanned workload runs. The
rules of the role, aggregated ones worked out and default roles such as `edit` known, are searched for ways up:
reading every Secret, commands in every container, `nodes/proxy`, starting pods, tokens, impersonation, `bind` or
`escalate`, mutating webhooks, certificates. They must hold in the whole cluster or in `kube-system`. Rules with
`resourceNames` count for `cluster-admin` and `system:masters` alone. If the role is not among the scanned objects
the verdict is `skip`. A binding to `cluster-admin` is told by `cluster-admin-binding`.

**Instead** bind what the program needs, in the namespaces where it needs it:

```yaml
kind: RoleBinding
metadata: {name: certificates, namespace: shop}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: certificate-writer}
subjects:
  - {kind: ServiceAccount, name: certificates, namespace: certificates}
```

**Misses** ways that only two bindings together open; workloads that are not among the scanned objects or whose
kind is custom; groups (see `all-authenticated-binding`); a RoleBinding of `kube-system` whose namespace is not
written. A workload whose pods do not mount the token is left out.
"""

from collections.abc import Iterable, Iterator

from bartizan.access.reading import BINDINGS, Binding
from bartizan.access.runners import Runners, runners
from bartizan.access.who import account
from bartizan.checks.check import CannotTell, Check, Context, Fault
from bartizan.checks.rbac._rbac import REFERENCE, binding, ways
from bartizan.model.resource import Resource, Subject

_SHOWN = 3


def _find(resource: Resource, context: Context) -> Iterable[Fault]:
    bound = binding(resource)
    accounts = list(_accounts(bound)) if bound else []
    if bound is None or not accounts:
        return
    up = ways(bound, context)  # first: few bindings have any, and only those ask for every workload
    if not up:
        return
    running = context.lookups.derive(runners)
    workloads = [workload for account in accounts for workload in running.running_as(*account)]
    if workloads:
        yield Fault(
            ("roleRef", "name"),
            f"`{bound.role_title}` lets {_listed(workloads)} {_told(up)}: whoever takes over a container of it "
            "takes over the cluster. Bind a role that names what the program needs, where it needs it",
            confidence=None if all(workload.namespace for workload in workloads) else "medium",
        )
    elif broken := _broken(running, accounts):
        raise CannotTell(f"which account a workload runs as: {broken}", "lookup-failed")


def _accounts(bound: Binding) -> Iterator[tuple[str, str]]:
    for subject in bound.subjects:
        found = account(subject, bound.resource.namespace)
        if found is not None:
            yield found


def _broken(running: Runners, accounts: list[tuple[str, str]]) -> str:
    """Why nobody can tell whether a workload runs as one of the accounts; empty where it can be told."""
    return next((running.broken[space] for space, _ in accounts if space in running.broken), "")


def _listed(workloads: list[Subject]) -> str:
    names = list(dict.fromkeys(workload.title for workload in workloads))
    rest = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return ", ".join(f"`{name}`" for name in names[:_SHOWN]) + rest


def _told(up: tuple[str, ...]) -> str:
    return f"{', '.join(up[:-1])} and {up[-1]}" if len(up) > 1 else up[0]


check = Check(
    id="workload-can-take-over-cluster",
    judges="object",
    kinds=BINDINGS,
    severity="high",
    find=_find,
    needs=("inventory",),
    data="bootstrap-roles",
    overrides=("cluster-admin-binding",),
    references=(REFERENCE,),
)
