"""Role can run commands in running containers.

A shell in a container sees its files, its secrets and its token, and leaves no trace in the manifests.
`pods/exec`, `pods/attach`, `pods/ephemeralcontainers` and, for all pods of a node, `nodes/proxy` give one.
`pods/portforward` reaches the ports of a pod past every NetworkPolicy.

**Looks at** rules of Roles and ClusterRoles that allow `create` or `get` on those (`update` or `patch` on
ephemeral containers). `get` counts: a client that uses WebSockets needs nothing else. A ClusterRole weighs
`high`, a Role `medium`, forwarding alone a step less. Rules with a wildcard are told by `wildcard-role`.

**Instead** give people logs, and entry for an hour through a binding that somebody removes again:

```yaml
rules:
  - apiGroups: [""]
    resources: [pods, pods/log]
    verbs: [get, list]
```

**Misses** `pods/proxy` and `services/proxy`, which reach web ports only; the rules of a ClusterRole with an
`aggregationRule`; that a ClusterRole is bound in one namespace only.
"""

from collections.abc import Iterable

from bartizan.checks.check import Check, Context, Fault
from bartizan.checks.rbac._powers import ENTRY, FORWARDING
from bartizan.checks.rbac._rbac import REFERENCE, ROLES, is_cluster_wide, plain_rules, weight
from bartizan.model.resource import Resource


def _find(role: Resource, _context: Context) -> Iterable[Fault]:
    for rule in plain_rules(role):
        entry = _resources(role, [power for power in ENTRY if rule.allows(power)])
        forwarding = _resources(role, [power for power in FORWARDING if rule.allows(power)])
        if entry or forwarding:
            does = "enter running containers" if entry else "reach ports of pods past every NetworkPolicy"
            yield Fault(
                rule.path,
                f"rule allows `{'`, `'.join(entry + forwarding)}`, which lets its subjects {does}: remove it, or "
                "bind the role to a person only for as long as it is needed",
                severity=weight(role, cluster="high", namespace="medium")
                if entry
                else weight(role, cluster="medium", namespace="low"),
            )


def _resources(role: Resource, powers: list[tuple[str, str, str]]) -> list[str]:
    """The resources, each once; nodes are beyond the reach of a Role."""
    wide = is_cluster_wide(role)
    return list(dict.fromkeys(resource for _, _, resource in powers if wide or not resource.startswith("nodes/")))


check = Check(
    id="pod-exec-allowed",
    judges="object",
    kinds=ROLES,
    severity="high",
    find=_find,
    references=(REFERENCE,),
)
