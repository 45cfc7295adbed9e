"""Role can delete everything of a kind at once.

`deletecollection` empties a namespace of a kind in one request; without a namespace, the cluster. A wrong selector
or a stolen token then costs all workloads or volumes, where `delete` would cost one after the other.

**Looks at** rules of Roles and ClusterRoles with the verb `deletecollection`, on whatever resource. A ClusterRole
weighs `medium`, a Role `low`. With `resourceNames` it passes: only a request that selects one name fits. Rules
with a wildcard are told by `wildcard-role`, and those that another check of roles tells, `secrets-writable` say,
are not told again.

**Instead** name the verbs that the program uses:

```yaml
rules:
  - apiGroups: [apps]
    resources: [deployments]
    verbs: [get, list, watch, create, patch, delete]
```

**Misses** `delete` with `list` beside it, which does the same object by object; the rules of a ClusterRole with
an `aggregationRule`; that a ClusterRole is bound in one namespace only.
"""

from collections.abc import Iterable

from bartizan.access.reading import ROLES
from bartizan.checks.check import Check, Context, Fault
from bartizan.checks.rbac._rbac import REFERENCE, plain_rules, weight
from bartizan.model.resource import Resource

_VERB = "deletecollection"
_SHOWN = 4


def _find(role: Resource, _context: Context) -> Iterable[Fault]:
    for rule in plain_rules(role):
        if _VERB in rule.verbs and rule.groups and rule.resources and not rule.named:
            yield Fault(
                rule.path,
                f"rule allows `{_VERB}` on {_listed(rule.resources)}, which lets its subjects delete all of them at "
                f"once: remove `{_VERB}`, and name `delete` where it is needed",
                severity=weight(role, cluster="medium", namespace="low"),
            )


def _listed(resources: frozenset[str]) -> str:
    names = sorted(resources)
    rest = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return ", ".join(f"`{name}`" for name in names[:_SHOWN]) + rest


check = Check(
    id="collection-deletion-allowed",
    judges="object",
    kinds=ROLES,
    severity="medium",
    persona="strict",
    find=_find,
    overrides=(
        "admission-webhook-control",
        "config-map-control-in-kube-system",
        "event-deletion-allowed",
        "network-policy-control",
        "node-control",
        "secrets-writable",
    ),
    references=(REFERENCE,),
)
