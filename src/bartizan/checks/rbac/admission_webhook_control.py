"""Role can change what the API server lets in.

A webhook sees each object that somebody writes, Secrets included; a mutating one changes it, and puts a container
of its own into every new pod. An APIService answers in the place of the API server. Who deletes such an object
switches off what keeps dangerous pods out.

**Looks at** rules of ClusterRoles that write or delete webhook configurations, admission policies with their
bindings, and APIServices. Webhooks, mutating policies and APIServices weigh `high`, deleting them and validating
policies `medium`; with `resourceNames` one step less. None of them stands in a namespace, so that a Role for
them has no effect. Rules with a wildcard are told by `wildcard-role`.

**Instead** name the one that the program keeps up to date:

```yaml
rules:
  - apiGroups: [admissionregistration.k8s.io]
    resources: [validatingwebhookconfigurations]
    resourceNames: [example-webhook]
    verbs: [get, update]
```

**Misses** that a named webhook can be pointed at every kind of object as well; the rules of a ClusterRole with
an `aggregationRule`.
"""

from collections.abc import Iterable

from bartizan.access.powers import ADMITTING, DISARMING
from bartizan.access.reading import ROLES
from bartizan.checks.check import Check, Context, Fault
from bartizan.checks.rbac._danger import Danger, given
from bartizan.checks.rbac._rbac import REFERENCE, plain_rules
from bartizan.model.resource import Resource

_REMEDY = "name the objects in `resourceNames`, or leave `get`, `list` and `watch`"
_ADMITTING = Danger(
    powers=(*ADMITTING, *DISARMING),
    lets="see and change what others write into the cluster",
    remedy=_REMEDY,
    cluster="high",
    counts=lambda rule, role: bool(given(rule, role, ADMITTING)),
)
_DISARMING = Danger(
    powers=DISARMING,
    lets="switch off what keeps dangerous objects out",
    remedy=_REMEDY,
    cluster="medium",
)


def _find(role: Resource, context: Context) -> Iterable[Fault]:
    strong = {fault.path: fault for fault in _ADMITTING.find(role, context)}
    weak = {fault.path: fault for fault in _DISARMING.find(role, context)}
    told = weak | strong
    return (told[rule.path] for rule in plain_rules(role) if rule.path in told)


check = Check(
    id="admission-webhook-control",
    judges="object",
    kinds=ROLES,
    severity="high",
    find=_find,
    references=(
        REFERENCE,
        "https://kubernetes.io/docs/concepts/cluster-administration/admission-webhooks-good-practices/",
    ),
)
