"""Role can give Services addresses.

Traffic that pods of the cluster send to an address in `status.loadBalancer.ingress` of a Service is taken to that
Service on the node, whoever owns the address. Who may write the status of a Service reads along, or answers in
place of a name server or a bank (CVE-2020-8554). There is no mend; the right to do so is the only guard.

**Looks at** rules that allow `update` or `patch` on `services/status`. A ClusterRole weighs `medium`, a Role `low`.
Rules with a wildcard are told by `wildcard-role`.

**Instead** leave the status to the load balancer's own controller, and let others change the spec:

```yaml
rules:
  - apiGroups: [""]
    resources: [services]
    verbs: [get, list, create, update, delete]
```

**Misses** `spec.externalIPs`, which does the same and needs `create` or `update` on `services`: the admission
plug-in `DenyServiceExternalIPs` refuses it, and `service-external-ips` tells of it. A load balancer's own
controller needs the right: an exception for its role settles that.
"""

from bartizan.access.powers import powers
from bartizan.access.reading import ROLES
from bartizan.checks.check import Check
from bartizan.checks.rbac._danger import Danger
from bartizan.checks.rbac._rbac import REFERENCE

_DANGER = Danger(
    powers=powers("update patch", "", "services/status"),
    lets="take the traffic that pods send to any address",
    remedy="leave the status to the load balancer's controller",
    cluster="medium",
    namespace="low",
)

check = Check(
    id="service-status-control",
    judges="object",
    kinds=ROLES,
    severity="medium",
    persona="strict",
    find=_DANGER.find,
    references=(REFERENCE, "https://github.com/kubernetes/kubernetes/issues/97076"),
)
