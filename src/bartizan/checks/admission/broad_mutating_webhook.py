"""Mutating webhook may rewrite anything.

A mutating webhook sees each object that it asks for, and the API server takes what it sends back. Whoever
takes over its pod reads every Secret that is written, or gives himself rights, or adds a container to every
pod. It should get what it needs and no more.

**Looks at** the rules of MutatingWebhookConfigurations for `CREATE` and `UPDATE`. All resources of all groups
or of the core group, `secrets`, and what grants rights (`roles`, `clusterroles` and their bindings) are
found. A webhook that `objectSelector` limits to labelled objects, or whose `matchConditions` pick requests,
weighs `low`.

**Instead** name the groups and resources that it changes:

```yaml
rules:
  - apiGroups: [""]
    apiVersions: [v1]
    operations: [CREATE]
    resources: [pods]
```

**Misses** webhooks for pods, which can do as much and of which there are many; what the program does with
what it sees.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from bartizan.checks.admission._webhook import GOOD_PRACTICE, MUTATING, REFERENCE, title, webhooks
from bartizan.checks.check import Check, Context, Fault
from bartizan.model.resource import Resource
from bartizan.model.selector import is_empty

_RBAC = "rbac.authorization.k8s.io"
_POWERFUL = {
    "secrets": "",
    "roles": _RBAC,
    "rolebindings": _RBAC,
    "clusterroles": _RBAC,
    "clusterrolebindings": _RBAC,
}
"""Resources whose writer reads passwords or gives rights, with their group."""
_ALL = frozenset({"*", "*/*"})
_WRITING = frozenset({"*", "CREATE", "UPDATE"})


def _find(configuration: Resource, _context: Context) -> Iterable[Fault]:
    for index, webhook in webhooks(configuration):
        picks = bool(webhook.get("matchConditions")) or not is_empty(webhook.get("objectSelector", {}))
        for place, rule in enumerate(webhook.get("rules", ())):
            what = ", ".join(_powerful(rule))
            if what:
                yield Fault(
                    ("webhooks", index, "rules", place, "resources"),
                    f"webhook `{title(index, webhook)}` may read and rewrite {what}: name the groups and resources "
                    "that it needs in `apiGroups` and `resources`",
                    severity="low" if picks else None,
                )


def _powerful(rule: dict[str, Any]) -> Iterator[str]:
    groups, resources = rule.get("apiGroups", ()), rule.get("resources", ())
    if _WRITING.isdisjoint(rule.get("operations", ())):
        return
    if not _ALL.isdisjoint(resources):
        if "*" in groups:
            yield "everything"
        elif "" in groups or _RBAC in groups:
            yield "all resources of " + ("the core group" if "" in groups else f"`{_RBAC}`")
        return
    for resource, group in _POWERFUL.items():
        if resource in resources and (group in groups or "*" in groups):
            yield f"`{resource}`"


check = Check(
    id="broad-mutating-webhook",
    judges="object",
    kinds=(MUTATING,),
    severity="medium",
    persona="strict",
    find=_find,
    references=(REFERENCE, GOOD_PRACTICE),
)
