"""Role can start pods.

A pod may run as any ServiceAccount of its namespace and mount any Secret and volume there. Who starts pods has
all of that, and where nothing enforces a Pod Security level, the node as well. Who changes a running pod gives it
another image.

**Looks at** rules of Roles and ClusterRoles that allow `create`, `update` or `patch` on `pods` or on what makes
them: Deployments, DaemonSets, StatefulSets, ReplicaSets, ReplicationControllers, Jobs and CronJobs. A
ClusterRole and a Role of `kube-system` weigh `medium`, another Role `low`; with `resourceNames` one step less.
Rules with a wildcard are told by `wildcard-role`.

**Instead** keep apart, in namespaces of their own, programs that must not have each other's Secrets, and let a
pipeline change the one workload that it delivers:

```yaml
rules:
  - apiGroups: [apps]
    resources: [deployments]
    resourceNames: [web]
    verbs: [get, patch]
```

What is left then weighs one step less: an exception says why the workload may be named.

**Misses** custom kinds whose controllers start pods; the rules of a ClusterRole with an `aggregationRule`; that
a ClusterRole is bound in one namespace only.
"""

from bartizan.access.powers import STARTING
from bartizan.access.reading import ROLES
from bartizan.checks.check import Check
from bartizan.checks.rbac._danger import Danger
from bartizan.checks.rbac._rbac import REFERENCE

_DANGER = Danger(
    powers=STARTING,
    lets="run programs of their own with any ServiceAccount and Secret of the namespace",
    remedy="remove it, or name the workloads in `resourceNames`",
    cluster="medium",
    in_system=True,
)

check = Check(
    id="pod-creation-allowed",
    judges="object",
    kinds=ROLES,
    severity="medium",
    persona="strict",
    find=_DANGER.find,
    references=(REFERENCE,),
)
