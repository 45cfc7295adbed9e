"""Role can run commands in running containers.

A shell in a container sees its files, its secrets and its token, and leaves no trace in the manifests.
`pods/exec`, `pods/attach` and `pods/ephemeralcontainers` give one.

**Looks at** rules of Roles and ClusterRoles that allow `create` on the first two, or `update` or `patch` on the
third. Before Kubernetes 1.35 `get` counts as well: a client that uses WebSockets needs nothing else. A
ClusterRole and a Role of `kube-system` weigh `high`, another Role `medium`; with `resourceNames` one step less.
Rules with a wildcard are told by `wildcard-role`.

**Instead** give people logs, and entry for an hour through a binding that somebody removes again:

```yaml
rules:
  - apiGroups: [""]
    resources: [pods, pods/log]
    verbs: [get, list]
```

**Misses** the same by `nodes/proxy` (see `node-proxy-access`); the rules of a ClusterRole with an
`aggregationRule`; that a ClusterRole is bound in one namespace only.
"""

import msgspec

from bartizan.access.powers import CREATE_SINCE, entry
from bartizan.access.reading import ROLES
from bartizan.checks.check import Check
from bartizan.checks.rbac._danger import Danger
from bartizan.checks.rbac._rbac import REFERENCE

_DANGER = Danger(
    powers=entry(CREATE_SINCE),
    lets="run commands in containers that others have started",
    remedy="remove it, or bind the role to a person only for as long as it is needed",
    cluster="high",
    namespace="medium",
    in_system=True,
)

_BEFORE = msgspec.structs.replace(_DANGER, powers=entry(0))

check = Check(
    id="pod-exec-allowed",
    judges="object",
    kinds=ROLES,
    severity="high",
    rules=((0, _BEFORE.find), (CREATE_SINCE, _DANGER.find)),
    references=(REFERENCE,),
)
