"""Role can take rights it was not given.

Kubernetes lets nobody write a right into a role that the writer does not have, nor bind it. `escalate` and
`bind` lift that: each is one step away from every right in the cluster, or in the namespace.

**Looks at** rules of Roles and ClusterRoles with `escalate` or `bind` on `roles` or `clusterroles`. A
ClusterRole weighs `high`, a Role `medium`; with `resourceNames` one step less, but not where they hold
`cluster-admin`. Rules with a wildcard are told by `wildcard-role`.

**Instead** let the subject bind only roles that you name:

```yaml
rules:
  - apiGroups: [rbac.authorization.k8s.io]
    resources: [clusterroles]
    resourceNames: [view]
    verbs: [bind]
```

What is left then weighs one step less: an exception says why the role may be named.

**Misses** other ways up, which have checks of their own: `impersonation-allowed`,
`service-account-token-creation`, `pod-creation-allowed`, `certificate-signing-control`,
`admission-webhook-control`; and the rules of a ClusterRole with an `aggregationRule`.
"""

from collections.abc import Iterable

from bartizan.access.powers import GRANTING
from bartizan.access.reading import ROLES
from bartizan.access.rule import Rule
from bartizan.checks.check import Check, Context, Fault
from bartizan.checks.rbac._danger import given, named
from bartizan.checks.rbac._rbac import REFERENCE, plain_rules, weight
from bartizan.model.finding import Severity
from bartizan.model.resource import Resource

_ALL = "cluster-admin"


def _find(role: Resource, _context: Context) -> Iterable[Fault]:
    for rule in plain_rules(role):
        powers = given(rule, role, GRANTING)
        if powers:
            yield Fault(
                rule.path,
                f"rule allows {named(powers)}, which lets its subjects take rights they were not given: remove it, "
                "or name in `resourceNames` the roles that they may give",
                severity=_severity(rule, role),
            )


def _severity(rule: Rule, role: Resource) -> Severity:
    if rule.named and _ALL not in rule.names:
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
