"""ClusterRole adds dangerous rights to a default role.

A label makes the control plane copy the rules of a ClusterRole into `admin`, `edit` or `view`, which whole teams
are bound to. They then have the rights without any change to their own roles and bindings.

**Looks at** ClusterRoles with the label `rbac.authorization.k8s.io/aggregate-to-admin`, `-edit` or `-view` set to
`true`. For `view`, which also flows into the others, rules that write weigh `medium`, and rules that lead to
further rights, such as reading Secrets, `high`. For `edit` and `admin` it is rights that lead further than these
roles do themselves, such as `bind`, `nodes/proxy` or webhooks: `medium`, and `high` for every right at once.

**Instead** put such rights into a ClusterRole without the label, and aggregate the harmless ones:

```yaml
metadata:
  labels:
    rbac.authorization.k8s.io/aggregate-to-view: "true"
rules:
  - apiGroups: [example.com]
    resources: [databases]
    verbs: [get, list, watch]
```

**Misses** rights over kinds of your own that lead further, such as one that makes pods.
"""

from collections.abc import Iterable

from bartizan.access.powers import (
    ADMITTING,
    ANY,
    APPROVAL,
    GRANTING,
    NODE_PROXY,
    powers,
)
from bartizan.access.reading import read_role
from bartizan.access.rule import RBAC, Power, Rule
from bartizan.checks.check import Check, Context, Fault
from bartizan.checks.rbac._danger import named
from bartizan.checks.rbac._rbac import rules
from bartizan.model.finding import Severity
from bartizan.model.resource import GroupKind, Resource

_PREFIX = "rbac.authorization.k8s.io/aggregate-to-"
_WRITING = frozenset({"*", "create", "update", "patch", "delete", "deletecollection"})
_BEYOND_ADMIN = (
    *NODE_PROXY,
    *GRANTING,
    *powers("impersonate", "", "users groups"),
    *powers("impersonate", "authentication.k8s.io", "uids"),
    *ADMITTING,
    *powers("create update patch", RBAC, "clusterroles clusterrolebindings"),
    *APPROVAL,
)
_BEYOND: dict[str, tuple[Power, ...]] = {"admin": _BEYOND_ADMIN, "edit": _BEYOND_ADMIN, "view": ANY}
_SHOWN = 4


def _find(role: Resource, _context: Context) -> Iterable[Fault]:
    labels, own = read_role(role).labels, rules(role)
    for name, beyond in _BEYOND.items():
        label = f"{_PREFIX}{name}"
        if labels.get(label) == "true" and own:
            severity, what = _worst(own, beyond, name)
            if severity is not None:
                yield Fault(
                    ("metadata", "labels", label),
                    f"label `{label}` gives everyone bound to `{name}` {what}: move these rules to a ClusterRole "
                    "without the label",
                    severity=severity,
                )


def _worst(own: tuple[Rule, ...], beyond: tuple[Power, ...], name: str) -> tuple[Severity | None, str]:
    """How much it weighs, and what is gained; None for nothing."""
    if any(rule.everything for rule in own):
        return "high", "every right"
    gained = [power for power in beyond if any(rule.allows(power) and not rule.named for rule in own)]
    if gained:
        rest = f" and {len(gained) - _SHOWN} more" if len(gained) > _SHOWN else ""
        return "high" if name == "view" else "medium", named(gained[:_SHOWN]) + rest
    if name == "view":
        written = [rule for rule in own if rule.resources and rule.verbs & _WRITING]
        verbs = sorted({verb for rule in written for verb in rule.verbs & _WRITING})
        if written:
            return "medium", f"the right to `{'`, `'.join(verbs)}`"
    return None, ""


check = Check(
    id="role-aggregated-into-default",
    judges="object",
    kinds=(GroupKind(RBAC, "ClusterRole"),),
    severity="high",
    find=_find,
    references=("https://kubernetes.io/docs/reference/access-authn-authz/rbac/#aggregated-clusterroles",),
)
