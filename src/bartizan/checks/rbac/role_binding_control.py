"""Role can change who may do what.

Who writes roles and bindings gives the rights that they have to whom they like, and keeps a way back in after
their own account is closed. With `bind` or `escalate` beside it they give every right.

**Looks at** rules of Roles and ClusterRoles that allow `create`, `update` or `patch` on `roles`,
`clusterroles`, `rolebindings` or `clusterrolebindings`. A ClusterRole weighs `medium`, a Role `low`; with
`resourceNames` one step less. Rules with a wildcard are told by `wildcard-role`.

**Instead** let one deployment tool write them, from files that somebody reviews, and give others to read:

```yaml
rules:
  - apiGroups: [rbac.authorization.k8s.io]
    resources: [roles, rolebindings]
    verbs: [get, list, watch]
```

**Misses** which rights the subject has to give. A rule with `bind` or `escalate` is told by
`privilege-granting-role` alone.
The rules of a ClusterRole with an `aggregationRule` are judged where they are written.
"""

from bartizan.access.powers import ROLES_WRITTEN
from bartizan.access.reading import ROLES
from bartizan.checks.check import Check
from bartizan.checks.rbac._danger import Danger
from bartizan.checks.rbac._rbac import REFERENCE

_DANGER = Danger(
    powers=ROLES_WRITTEN,
    lets="give what rights they have to anybody",
    remedy="leave `get`, `list` and `watch`, or name the objects in `resourceNames`",
    cluster="medium",
)

check = Check(
    id="role-binding-control",
    judges="object",
    kinds=ROLES,
    severity="medium",
    persona="strict",
    find=_DANGER.find,
    overrides=("privilege-granting-role",),
    references=(REFERENCE, "https://kubernetes.io/docs/reference/access-authn-authz/rbac/"),
)
