"""Role can take rights it was not given.

`escalate` writes rights into a role that its writer does not have, `bind` gives away any role,
`impersonate` acts as somebody else, and `create` on `serviceaccounts/token` makes a token for another
ServiceAccount. Each is one step away from every right in the cluster, or in the namespace.

**Looks at** rules of Roles and ClusterRoles: `escalate` and `bind` on roles, `impersonate` on users, groups,
uids and ServiceAccounts, `create` on `serviceaccounts/token`. A ClusterRole weighs `high`, a Role `medium`;
with `resourceNames` one step less. Rules with a wildcard are told by `wildcard-role`.

**Instead** let the subject bind only roles that you name:

```yaml
rules:
  - apiGroups: [rbac.authorization.k8s.io]
    resources: [clusterroles]
    resourceNames: [view]
    verbs: [bind]
```

**Misses** other ways up: starting pods, approving certificates, changing webhooks; and the rules of a
ClusterRole with an `aggregationRule`.
"""

from collections.abc import Iterable

from bartizan.checks.check import Check, Context, Fault
from bartizan.checks.rbac._powers import GRANTING
from bartizan.checks.rbac._rbac import REFERENCE, ROLES, Power, Rule, is_cluster_wide, plain_rules, weight
from bartizan.model.finding import Severity
from bartizan.model.resource import Resource

_IN_NAMESPACES = frozenset({"roles", "serviceaccounts", "serviceaccounts/token"})


def _find(role: Resource, _context: Context) -> Iterable[Fault]:
    for rule in plain_rules(role):
        powers = [power for power in GRANTING if rule.allows(power) and _takes_effect(power, role)]
        if powers:
            what = ", ".join(f"`{verb}` on `{resource}`" for verb, _, resource in powers)
            yield Fault(
                rule.path,
                f"{what} let the subject take rights it was not given: remove them, or limit the rule with "
                "`resourceNames` to what it must reach",
                severity=_severity(rule, role),
            )


def _takes_effect(power: Power, role: Resource) -> bool:
    """Whether the kind of role reaches it: users, groups and cluster roles stand in no namespace.

    `bind` is asked in the namespace of the binding, also for a ClusterRole.
    """
    verb, _, resource = power
    return is_cluster_wide(role) or resource in _IN_NAMESPACES or (verb, resource) == ("bind", "clusterroles")


def _severity(rule: Rule, role: Resource) -> Severity:
    if rule.named:
        return weight(role, cluster="medium", namespace="low")
    return weight(role, cluster="high", namespace="medium")


check = Check(
    id="privilege-granting-role",
    judges="object",
    kinds=ROLES,
    severity="high",
    find=_find,
    references=(REFERENCE,),
)
