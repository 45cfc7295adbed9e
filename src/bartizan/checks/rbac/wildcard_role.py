"""Role allows more than anybody wrote down.

A `*` in a rule covers what exists today and everything that is installed tomorrow: secrets, `exec` into
pods, the rules of access themselves. Nobody can review what it allows.

**Looks at** `verbs`, `resources`, `apiGroups` and `nonResourceURLs` of each rule of Roles and ClusterRoles,
and at an `aggregationRule` with an empty selector, which takes the rules of every ClusterRole (`critical`).
How much a rule weighs depends on what it reaches: everything at once (ClusterRole `critical`, Role `high`),
something that leads to further rights, such as Secrets, `pods/exec` or starting pods (`high`, `medium`), or
neither, as a controller's own API group (`medium`, `low`). A Role of `kube-system` that leads further weighs as
much as a ClusterRole. What a rule with a wildcard reaches is told here and not again by the checks of single
powers, such as `secrets-readable` or `pod-exec-allowed`.

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

from bartizan.access.powers import ANY
from bartizan.access.reading import ROLES, is_cluster_wide, read_role
from bartizan.access.rule import Rule
from bartizan.checks.check import Check, Context, Fault
from bartizan.checks.rbac._rbac import REFERENCE, leads_out, rules, weight
from bartizan.model.finding import Severity
from bartizan.model.resource import Resource
from bartizan.model.selector import is_empty


def _find(role: Resource, _context: Context) -> Iterable[Fault]:
    yield from _taken_over(role)
    for rule in rules(role):
        if rule.wildcard:
            yield Fault(rule.path, _message(rule), severity=_severity(rule, role))


def _taken_over(role: Resource) -> Iterable[Fault]:
    """Selectors that fit every ClusterRole, `cluster-admin` among them."""
    for index, selector in enumerate(read_role(role).selectors if is_cluster_wide(role) else ()):
        if is_empty(selector):
            yield Fault(
                ("aggregationRule", "clusterRoleSelectors", index),
                "selector is empty, so the role gets the rules of every ClusterRole, `cluster-admin` included: "
                "select by a label of its own in `matchLabels`",
                severity="critical",
            )


def _severity(rule: Rule, role: Resource) -> Severity:
    if "*" in rule.groups and "*" in rule.resources and not rule.named:
        if "*" in rule.verbs:
            return "critical" if leads_out(role) else "high"
        return "high" if leads_out(role) else "medium"
    if not rule.named and any(map(rule.allows, ANY)):
        return "high" if leads_out(role) else "medium"
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
