"""Role can read Secrets.

Who reads the Secrets of a namespace has the passwords and keys of every program in it, and the tokens of
its ServiceAccounts where they are kept there. In a ClusterRole it is those of the whole cluster. `list` and
`watch` show the contents as well as `get`.

**Looks at** rules of Roles and ClusterRoles that allow `get`, `list` or `watch` on `secrets`. A ClusterRole and a
Role of `kube-system` weigh `high`, another Role `medium`. With `resourceNames` a Role passes and a ClusterRole
weighs `low`: the names hold in every namespace. Rules with a wildcard are told by `wildcard-role`.

**Instead** mount the Secret into the pod that needs it, or name it in a Role:

```yaml
rules:
  - apiGroups: [""]
    resources: [secrets]
    resourceNames: [web-certificate]
    verbs: [get]
```

**Misses** a role that may start pods, and so mount every Secret of the namespace; the rules of a ClusterRole
with an `aggregationRule`; that a ClusterRole is bound in one namespace only.
"""

from collections.abc import Iterable

from bartizan.access.powers import SECRETS
from bartizan.access.reading import ROLES, is_cluster_wide
from bartizan.checks.check import Check, Context, Fault
from bartizan.checks.rbac._rbac import REFERENCE, leads_out, plain_rules
from bartizan.model.resource import Resource


def _find(role: Resource, _context: Context) -> Iterable[Fault]:
    wide = is_cluster_wide(role)
    for rule in plain_rules(role):
        verbs = [power[0] for power in SECRETS if rule.allows(power)]
        if not verbs or (rule.named and not wide):
            continue
        which = "every Secret of the cluster" if wide else "every Secret of the namespace"
        which = "Secrets of these names in every namespace" if rule.named else which
        yield Fault(
            rule.path,
            f"rule allows `{'`, `'.join(verbs)}` on {which}: "
            "mount the Secret where it is needed, or name it in `resourceNames` of a Role",
            severity="low" if rule.named else "high" if leads_out(role) else "medium",
        )


check = Check(
    id="secrets-readable",
    judges="object",
    kinds=ROLES,
    severity="high",
    find=_find,
    references=(REFERENCE,),
)
