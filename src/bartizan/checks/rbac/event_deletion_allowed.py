"""Role can delete events.

Events tell what happened to pods and nodes in the last hour: images pulled, probes failed, containers killed.
Who deletes them covers the traces of an attack; no program needs to.

**Looks at** rules of Roles and ClusterRoles that allow `delete` or `deletecollection` on `events`, of the core
group or of `events.k8s.io`. It weighs `low`. Rules with a wildcard are told by `wildcard-role`.

**Instead** let programs write events; they expire by themselves:

```yaml
rules:
  - apiGroups: ["", events.k8s.io]
    resources: [events]
    verbs: [create, patch]
```

**Misses** `update` and `patch`, which programs need to count an event that happens again; logs, which have no
verb to delete them; the rules of a ClusterRole with an `aggregationRule`.
"""

from bartizan.access.powers import powers
from bartizan.access.reading import ROLES
from bartizan.checks.check import Check
from bartizan.checks.rbac._danger import Danger

_VERBS = "delete deletecollection"
_DANGER = Danger(
    powers=(*powers(_VERBS, "", "events"), *powers(_VERBS, "events.k8s.io", "events")),
    lets="cover traces",
    remedy="leave `create` and `patch`; events expire by themselves",
    cluster="low",
)

check = Check(
    id="event-deletion-allowed",
    judges="object",
    kinds=ROLES,
    severity="low",
    persona="strict",
    find=_DANGER.find,
    references=("https://kubernetes.io/docs/reference/kubernetes-api/cluster-resources/event-v1/",),
)
