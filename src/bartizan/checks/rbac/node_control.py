"""Role can change nodes.

Labels, taints and the status of nodes decide where pods run. Who changes them brings a workload with its
Secrets onto a node that they hold, or empties the others.

**Looks at** rules of ClusterRoles that allow `create`, `update`, `patch`, `delete` or `deletecollection` on
`nodes`, or `update` or `patch` on `nodes/status`. It weighs `medium`, with `resourceNames` `low`. Nodes stand in
no namespace, so that a Role for them has no effect. Rules with a wildcard are told by `wildcard-role`.

**Instead** give people to read, and let the kubelet and the cloud's own controllers do the rest:

```yaml
rules:
  - apiGroups: [""]
    resources: [nodes]
    verbs: [get, list, watch]
```

**Misses** that an agent which labels nodes needs it: an exception for its role settles that. The rules of a
ClusterRole with an `aggregationRule` are judged where they are written.
"""

from bartizan.access.powers import powers
from bartizan.access.reading import ROLES
from bartizan.checks.check import Check
from bartizan.checks.rbac._danger import Danger
from bartizan.checks.rbac._rbac import REFERENCE

_DANGER = Danger(
    powers=(
        *powers("create update patch delete deletecollection", "", "nodes"),
        *powers("update patch", "", "nodes/status"),
    ),
    lets="choose on which node a workload with its Secrets runs",
    remedy="leave `get`, `list` and `watch`, or name the nodes in `resourceNames`",
    cluster="medium",
)

check = Check(
    id="node-control",
    judges="object",
    kinds=ROLES,
    severity="medium",
    persona="strict",
    find=_DANGER.find,
    references=(REFERENCE,),
)
