"""Role reaches ports of pods past every NetworkPolicy.

`pods/portforward` opens a tunnel to any port of a pod. `pods/proxy` and `services/proxy` pass on web requests.
Both come from the node or the API server, so that no NetworkPolicy stops them, and a port that listens on
`localhost` alone is open too.

**Looks at** rules of Roles and ClusterRoles that allow `create` on `pods/portforward` (before Kubernetes 1.35
also `get`), or `create`, `get`, `update` or `patch` on `pods/proxy` and `services/proxy`. A ClusterRole weighs
`medium`, a Role `low`; with `resourceNames` one step less. Rules with a wildcard are told by `wildcard-role`.

**Instead** give people logs, and a tunnel for an hour through a binding that somebody removes again:

```yaml
rules:
  - apiGroups: [""]
    resources: [pods, pods/log, services]
    verbs: [get, list]
```

**Misses** the rules of a ClusterRole with an `aggregationRule`; that a ClusterRole is bound in one namespace
only.
"""

import msgspec

from bartizan.access.powers import CREATE_SINCE, forwarding
from bartizan.access.reading import ROLES
from bartizan.checks.check import Check
from bartizan.checks.rbac._danger import Danger
from bartizan.checks.rbac._rbac import REFERENCE

_DANGER = Danger(
    powers=forwarding(CREATE_SINCE),
    lets="reach ports of pods past every NetworkPolicy",
    remedy="remove it, or bind the role to a person only for as long as it is needed",
    cluster="medium",
)

_BEFORE = msgspec.structs.replace(_DANGER, powers=forwarding(0))

check = Check(
    id="port-forward-allowed",
    judges="object",
    kinds=ROLES,
    severity="medium",
    rules=((0, _BEFORE.find), (CREATE_SINCE, _DANGER.find)),
    references=(REFERENCE,),
)
