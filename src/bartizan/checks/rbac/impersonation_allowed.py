"""Role can act as somebody else.

`impersonate` makes a request count as that of another user, group or ServiceAccount. Whoever may impersonate
any group is in `system:masters` whenever they like, and no other rule about access holds for them.

**Looks at** rules of Roles and ClusterRoles with `impersonate` on `users`, `groups`, `serviceaccounts` or, in
the group `authentication.k8s.io`, on `uids`. A ClusterRole weighs `high`; a Role, which reaches ServiceAccounts
alone, `medium`, in `kube-system` `high`. With `resourceNames` one step less, but not where they hold
`system:masters`. Rules with a wildcard are told by `wildcard-role`.

**Instead** name whom the subject may act as:

```yaml
rules:
  - apiGroups: [""]
    resources: [users]
    resourceNames: [release@example.com]
    verbs: [impersonate]
```

**Misses** what a named user may do; `userextras`, which prove nothing to RBAC; the verbs
`impersonate:user-info` and the like of constrained impersonation; the rules of a ClusterRole with an
`aggregationRule`.
"""

from collections.abc import Iterable

from bartizan.access.powers import IMPERSONATION
from bartizan.access.reading import ROLES
from bartizan.access.rule import Rule
from bartizan.access.who import MASTERS
from bartizan.checks.check import Check, Context, Fault
from bartizan.checks.rbac._danger import given, named
from bartizan.checks.rbac._rbac import REFERENCE, leads_out, plain_rules
from bartizan.model.finding import Severity
from bartizan.model.resource import Resource


def _find(role: Resource, _context: Context) -> Iterable[Fault]:
    for rule in plain_rules(role):
        powers = given(rule, role, IMPERSONATION)
        if powers:
            yield Fault(
                rule.path,
                f"rule allows {named(powers)}, which lets its subjects act as somebody else: remove it, or name in "
                "`resourceNames` whom they may act as",
                severity=_severity(rule, role),
            )


def _severity(rule: Rule, role: Resource) -> Severity:
    wide = leads_out(role)
    if rule.named and MASTERS not in rule.names:
        return "medium" if wide else "low"
    return "high" if wide else "medium"


check = Check(
    id="impersonation-allowed",
    judges="object",
    kinds=ROLES,
    severity="high",
    find=_find,
    references=(
        REFERENCE,
        "https://kubernetes.io/docs/reference/access-authn-authz/authentication/#user-impersonation",
    ),
)
