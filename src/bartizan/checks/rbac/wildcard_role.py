"""Role allows more than anybody wrote down.

A `*` in a rule covers what exists today and everything that is installed tomorrow: secrets, `exec` into
pods, the rules of access themselves. Nobody can review what it allows.

**Looks at** `verbs`, `resources`, `apiGroups` and `nonResourceURLs` of each rule of Roles and ClusterRoles.
How much a rule weighs depends on what it reaches: everything at once (ClusterRole `critical`, Role `high`),
something that leads to further rights, such as Secrets, `pods/exec` or starting pods (`high`, `medium`), or
neither, as a controller's own API group (`medium`, `low`). What a rule with a wildcard reaches is told here
and not again by `secrets-readable`, `pod-exec-allowed` and `privilege-granting-role`.

**Instead** name them:

```yaml
rules:
  - apiGroups: [apps]
    resources: [deployments]
    verbs: [get, list, watch, patch]
```

**Misses** the rules of a ClusterRole with an `aggregationRule`: the control plane fills them in from others,
which are judged by themselves. Whether somebody is bound to the role is not asked.
"""

from collections.abc import Iterable

from bartizan.checks.check import Check, Context, Fault
from bartizan.checks.rbac._powers import ANY
from bartizan.checks.rbac._rbac import REFERENCE, ROLES, Rule, rules, weight
from bartizan.model.finding import Severity
from bartizan.model.resource import Resource


def _find(role: Resource, _context: Context) -> Iterable[Fault]:
    for rule in rules(role):
        if rule.wildcard:
            yield Fault(rule.path, _message(rule), severity=_severity(rule, role))


def _severity(rule: Rule, role: Resource) -> Severity:
    if "*" in rule.groups and "*" in rule.resources and not rule.named:
        if "*" in rule.verbs:
            return weight(role, cluster="critical", namespace="high")
        return weight(role, cluster="high", namespace="medium")
    if not rule.named and any(map(rule.allows, ANY)):
        return weight(role, cluster="high", namespace="medium")
    return weight(role, cluster="medium", namespace="low")


def _message(rule: Rule) -> str:
    fields = {
        "verbs": rule.verbs,
        "resources": rule.resources,
        "apiGroups": rule.groups,
        "nonResourceURLs": rule.urls,
    }
    wild = " and ".join(f"`{name}`" for name, values in fields.items() if "*" in values)
    return f"rule has `*` in {wild}, so it allows more than is written down: name the ones that are needed"


check = Check(
    id="wildcard-role",
    judges="object",
    kinds=ROLES,
    severity="high",
    find=_find,
    references=(REFERENCE,),
)
