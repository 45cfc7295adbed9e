"""Role can make tokens for other ServiceAccounts.

`create` on `serviceaccounts/token` gives a token of any account that the rule reaches, and with it all that the
account may do. Accounts of controllers may often do nearly everything.

**Looks at** rules of Roles and ClusterRoles that allow `create` on `serviceaccounts/token`. A ClusterRole and a
Role of `kube-system` weigh `high`, another Role `medium`; with `resourceNames` one step less. Rules with a
wildcard are told by `wildcard-role`.

**Instead** name the accounts, in a Role:

```yaml
rules:
  - apiGroups: [""]
    resources: [serviceaccounts/token]
    resourceNames: [backup]
    verbs: [create]
```

What is left then weighs one step less: an exception says why the account may be named.

**Misses** what a named account may do; Secrets that hold a token (see `secrets-writable` and
`service-account-token-secret`); the rules of a ClusterRole with an `aggregationRule`.
"""

from bartizan.access.powers import TOKENS
from bartizan.access.reading import ROLES
from bartizan.checks.check import Check
from bartizan.checks.rbac._danger import Danger
from bartizan.checks.rbac._rbac import REFERENCE

_DANGER = Danger(
    powers=TOKENS,
    lets="get the rights of every ServiceAccount that it reaches",
    remedy="name the accounts in `resourceNames` of a Role",
    cluster="high",
    namespace="medium",
    in_system=True,
)

check = Check(
    id="service-account-token-creation",
    judges="object",
    kinds=ROLES,
    severity="high",
    find=_DANGER.find,
    references=(REFERENCE,),
)
