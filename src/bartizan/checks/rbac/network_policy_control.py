"""Role can change NetworkPolicies.

NetworkPolicies keep one program that was taken over from reaching the next. Who changes or deletes them opens
the way first, and then uses it.

**Looks at** rules of Roles and ClusterRoles that allow `create`, `update`, `patch`, `delete` or
`deletecollection` on policies of Kubernetes, of the network policy API, Cilium, Calico or Antrea. A ClusterRole
weighs `medium`, a Role `low`; with `resourceNames` one step less. Rules with a wildcard are told by
`wildcard-role`.

**Instead** let one deployment tool write them, from files that somebody reviews, and give others to read:

```yaml
rules:
  - apiGroups: [networking.k8s.io]
    resources: [networkpolicies]
    verbs: [get, list, watch]
```

**Misses** labels of pods and namespaces, which decide whom a policy selects; the rules of a ClusterRole with an
`aggregationRule`; that a ClusterRole is bound in one namespace only.
"""

from bartizan.access.powers import POLICIES
from bartizan.access.reading import ROLES
from bartizan.checks.check import Check
from bartizan.checks.rbac._danger import Danger

_DANGER = Danger(
    powers=POLICIES,
    lets="open ways that a policy had closed",
    remedy="leave `get`, `list` and `watch`, or name the policies in `resourceNames`",
    cluster="medium",
)

check = Check(
    id="network-policy-control",
    judges="object",
    kinds=ROLES,
    severity="medium",
    persona="strict",
    find=_DANGER.find,
    references=("https://kubernetes.io/docs/concepts/services-networking/network-policies/",),
)
