"""Role can write Secrets.

Who replaces a Secret chooses the password, key or certificate that a program goes by, and who makes one of type
`kubernetes.io/service-account-token` gets a token of another account that does not expire, once they read it.
Who deletes it stops the program.

**Looks at** rules of Roles and ClusterRoles that allow `create`, `update`, `patch`, `delete` or
`deletecollection` on `secrets`. A ClusterRole and a Role of `kube-system` weigh `medium`, another Role `low`;
with `resourceNames` a Role passes and a ClusterRole weighs `low`. Rules with a wildcard are told by
`wildcard-role`.

**Instead** name the Secret, in a Role:

```yaml
rules:
  - apiGroups: [""]
    resources: [secrets]
    resourceNames: [web-certificate]
    verbs: [update, patch]
```

**Misses** the rules of a ClusterRole with an `aggregationRule`; that a ClusterRole is bound in one namespace
only. Reading is told by `secrets-readable`.
"""

from bartizan.access.powers import SECRETS_WRITTEN
from bartizan.access.reading import ROLES, is_cluster_wide
from bartizan.access.rule import Rule
from bartizan.checks.check import Check
from bartizan.checks.rbac._danger import Danger
from bartizan.checks.rbac._rbac import REFERENCE
from bartizan.model.resource import Resource


def _reaches_others(rule: Rule, role: Resource) -> bool:
    return is_cluster_wide(role) or not rule.named


_DANGER = Danger(
    powers=SECRETS_WRITTEN,
    lets="choose the passwords and keys that programs go by, or make tokens of other accounts",
    remedy="name the Secret in `resourceNames` of a Role",
    cluster="medium",
    in_system=True,
    counts=_reaches_others,
)

check = Check(
    id="secrets-writable",
    judges="object",
    kinds=ROLES,
    severity="medium",
    persona="strict",
    find=_DANGER.find,
    references=(REFERENCE,),
)
