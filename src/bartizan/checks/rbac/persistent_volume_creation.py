"""Role can make PersistentVolumes.

A PersistentVolume of type `hostPath` is a folder of a node. Who makes one and starts a pod that claims it reads
and writes the node's files, also where Pod Security forbids `hostPath` in pods.

**Looks at** rules of ClusterRoles that allow `create` on `persistentvolumes`. It weighs `medium`.
PersistentVolumes stand in no namespace, so that a Role for them has no effect. `update` and `patch` pass: the
place of a volume cannot be changed. Rules with a wildcard are told by `wildcard-role`.

**Instead** let people claim, and a storage driver make the volumes:

```yaml
rules:
  - apiGroups: [""]
    resources: [persistentvolumeclaims]
    verbs: [get, list, create, delete]
```

**Misses** that a storage driver's own account needs it: an exception for its role settles that. The rules of a
ClusterRole with an `aggregationRule` are judged where they are written.
"""

from bartizan.access.powers import powers
from bartizan.access.reading import ROLES
from bartizan.checks.check import Check
from bartizan.checks.rbac._danger import Danger
from bartizan.checks.rbac._rbac import REFERENCE

_DANGER = Danger(
    powers=powers("create", "", "persistentvolumes"),
    lets="mount folders of nodes into pods, past Pod Security",
    remedy="leave it to a storage driver, and allow `persistentvolumeclaims`",
    cluster="medium",
)

check = Check(
    id="persistent-volume-creation",
    judges="object",
    kinds=ROLES,
    severity="medium",
    persona="strict",
    find=_DANGER.find,
    references=(REFERENCE,),
)
