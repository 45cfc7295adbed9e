"""Role can change Namespaces.

The labels of a Namespace say which Pod Security level holds in it, which webhooks look at its objects and which
NetworkPolicies let its pods in. Who changes them lifts all three.

**Looks at** rules that allow `update` or `patch` on `namespaces`. A ClusterRole weighs `medium`, a Role, which
reaches its own Namespace, `low`; with `resourceNames` one step less. Rules with a wildcard are told by
`wildcard-role`.

**Instead** let one deployment tool label Namespaces, from files that somebody reviews, and give others to read:

```yaml
rules:
  - apiGroups: [""]
    resources: [namespaces]
    verbs: [get, list, watch]
```

**Misses** `create`, which chooses the labels of a new Namespace; the rules of a ClusterRole with an
`aggregationRule`.
"""

from bartizan.access.powers import powers
from bartizan.access.reading import ROLES
from bartizan.checks.check import Check
from bartizan.checks.rbac._danger import Danger

_DANGER = Danger(
    powers=powers("update patch", "", "namespaces"),
    lets="lift Pod Security, admission and network policies by a label",
    remedy="leave `get`, `list` and `watch`, or name the Namespaces in `resourceNames`",
    cluster="medium",
)

check = Check(
    id="namespace-label-control",
    judges="object",
    kinds=ROLES,
    severity="medium",
    persona="strict",
    find=_DANGER.find,
    references=("https://kubernetes.io/docs/concepts/security/pod-security-admission/",),
)
