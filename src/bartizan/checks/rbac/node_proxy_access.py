"""Role speaks with the kubelets of nodes.

`nodes/proxy` passes requests on to the kubelet. Its API runs commands in every container of the node, past
admission and past the audit log of the API server. `get` is enough: a WebSocket starts with it.

**Looks at** rules of ClusterRoles that allow `create` or `get` on `nodes/proxy`. It weighs `high`, with
`resourceNames` `medium`. Nodes stand in no namespace, so that a Role for them has no effect. Rules with a
wildcard are told by `wildcard-role`.

**Instead** allow what a monitoring agent needs, which has subresources of its own (Kubernetes 1.33 and later
has `nodes/pods`, `nodes/healthz` and `nodes/configz` as well):

```yaml
rules:
  - apiGroups: [""]
    resources: [nodes/metrics, nodes/stats, nodes/log]
    verbs: [get]
```

**Misses** the rules of a ClusterRole with an `aggregationRule`.
"""

from bartizan.access.powers import NODE_PROXY
from bartizan.access.reading import ROLES
from bartizan.checks.check import Check
from bartizan.checks.rbac._danger import Danger
from bartizan.checks.rbac._rbac import REFERENCE

_DANGER = Danger(
    powers=NODE_PROXY,
    lets="run commands in every container through the kubelet, past admission and audit",
    remedy="name `nodes/metrics`, `nodes/stats` or what else it needs",
    cluster="high",
)

check = Check(
    id="node-proxy-access",
    judges="object",
    kinds=ROLES,
    severity="high",
    find=_DANGER.find,
    references=(
        REFERENCE,
        "https://kubernetes.io/docs/reference/access-authn-authz/kubelet-authn-authz/",
    ),
)
