"""Authorization policy allows everything.

A rule without conditions allows every request. Rules that allow add up, so no other one can narrow it: the
workload looks guarded, and is open to whoever reaches it.

**Looks at** the rules of Istio's AuthorizationPolicies with the action ALLOW, which is the default: a rule
with no `from`, `to` and `when` allows everything. A rule whose `from` takes every principal (`*`) still asks
for a certificate of the mesh, and passes.

**Instead** name who may call what:

```yaml
spec:
  rules:
    - from: [{source: {principals: [cluster.local/ns/shop/sa/web]}}]
      to: [{operation: {methods: [GET]}}]
```

**Misses** conditions that every request meets, such as `paths: ["*"]`; a DENY policy that takes back what
this one allows; policies that are applied to the whole mesh from elsewhere.
"""

from collections.abc import Iterable

from bartizan.checks.check import Check, Context, Fault
from bartizan.model.resource import GroupKind, Resource
from bartizan.model.shape import ANY, TEXT, Fields, ListOf, conform

_RULE = Fields({"from": ListOf(ANY), "to": ListOf(ANY), "when": ListOf(ANY)})
_SHAPE = Fields({"spec": Fields({"action": TEXT, "rules": ListOf(_RULE)})})


def _find(resource: Resource, _context: Context) -> Iterable[Fault]:
    spec = conform(resource.raw, _SHAPE, (), []).get("spec", {})
    if spec.get("action", "ALLOW") != "ALLOW":
        return
    for index, rule in enumerate(spec.get("rules", ())):
        if not any(rule.get(field) for field in ("from", "to", "when")):
            yield Fault(
                ("spec", "rules", index),
                "allows every request, whoever sends it: name who may call what in `from` and `to`, or remove the "
                "policy so that nobody takes it for a guard",
            )


check = Check(
    id="allow-all-authorization-policy",
    judges="object",
    kinds=(GroupKind("security.istio.io", "AuthorizationPolicy"),),
    severity="medium",
    persona="strict",
    find=_find,
    references=("https://istio.io/latest/docs/reference/config/security/authorization-policy/",),
)
