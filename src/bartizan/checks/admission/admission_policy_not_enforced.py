"""Admission policy refuses nothing.

A ValidatingAdmissionPolicy that no binding names is only a text. One whose binding only warns or writes the
audit log tells you about the break-in, and lets it in. To whoever reads the policies both look like a guard.

**Looks at** `validationActions` of ValidatingAdmissionPolicyBindings: without `Deny` nothing is refused. It
also looks for the binding of each ValidatingAdmissionPolicy among the scanned objects, and at the policy's
`failurePolicy`: with `Ignore` it lets pass what its expressions cannot judge. Of Kyverno it looks at policies
with `validate` rules: the action of each, else of the policy, must be `Enforce`, and is `Audit` by default.

**Instead** refuse, once the warnings have shown that nothing honest breaks:

```yaml
kind: ValidatingAdmissionPolicyBinding
spec:
  policyName: no-host-network
  validationActions: [Deny, Audit]
```

A binding that is meant to watch before it refuses deserves an exception that says until when.

**Misses** a binding that matches hardly anything; parameters that are not there; policies of other engines,
such as Gatekeeper's `enforcementAction`. Bindings that are applied from elsewhere are not seen, and the
finding then asks for what exists.
"""

from collections.abc import Iterable

import msgspec

from bartizan.checks.admission._webhook import GROUP
from bartizan.checks.check import CannotTell, Check, Context, Fault
from bartizan.model.resource import GroupKind, Resource
from bartizan.model.review import Lookups
from bartizan.model.shape import TEXT, TEXTS, Fields, IllTypedField, ListOf, conform

_POLICY = "ValidatingAdmissionPolicy"
_BINDING = "ValidatingAdmissionPolicyBinding"
_SHAPE = Fields({"spec": Fields({"policyName": TEXT, "validationActions": TEXTS})})
_KYVERNO = "kyverno.io"
_RULE = Fields({"name": TEXT, "validate": Fields({"failureAction": TEXT})})
_KYVERNO_POLICY = Fields({"spec": Fields({"validationFailureAction": TEXT, "rules": ListOf(_RULE)})})
_FAILURE = Fields({"spec": Fields({"failurePolicy": TEXT})})


class _Bound(msgspec.Struct, frozen=True):
    """The policies that some binding names."""

    names: frozenset[str]
    broken: str
    """Why some binding cannot be read."""


def _bound(lookups: Lookups) -> _Bound:
    names, broken = set(), ""
    for binding in lookups.objects(GROUP, _BINDING):
        try:
            names.add(conform(binding.raw, _SHAPE, (), []).get("spec", {}).get("policyName", ""))
        except IllTypedField as error:
            broken = broken or f"{_BINDING} `{binding.name}` cannot be read: {error}"
    return _Bound(frozenset(names), broken)


def _find(resource: Resource, context: Context) -> Iterable[Fault]:
    if resource.group == _KYVERNO:
        return _kyverno(resource)
    return _binding(resource) if resource.kind == _BINDING else _policy(resource, context)


def _binding(binding: Resource) -> Iterable[Fault]:
    actions = conform(binding.raw, _SHAPE, (), []).get("spec", {}).get("validationActions", ())
    if "Deny" not in actions:
        does = " and ".join(f"`{action}`" for action in actions) or "nothing"
        yield Fault(
            ("spec", "validationActions"),
            f"refuses nothing, since `validationActions` has {does} in it: add `Deny`{_without_warn(actions)}",
            confidence="high",
        )


def _without_warn(actions: Iterable[str]) -> str:
    """The API server refuses `Deny` and `Warn` together."""
    return ", and remove `Warn`" if "Warn" in actions else ""


def _policy(policy: Resource, context: Context) -> Iterable[Fault]:
    if conform(policy.raw, _FAILURE, (), []).get("spec", {}).get("failurePolicy") == "Ignore":
        yield Fault(
            ("spec", "failurePolicy"),
            "lets pass what its expressions cannot judge: set `failurePolicy: Fail`",
            confidence="high",
        )
    bound = context.lookups.derive(_bound)
    if policy.name in bound.names:
        return
    if bound.broken:
        raise CannotTell(bound.broken, "lookup-failed")
    yield Fault(
        ("metadata", "name"),
        f"no {_BINDING} among the scanned objects names this policy, so it judges nothing: write one with "
        f"`policyName: {policy.name}` and `validationActions: [Deny]`",
    )


def _kyverno(policy: Resource) -> Iterable[Fault]:
    spec = conform(policy.raw, _KYVERNO_POLICY, (), []).get("spec", {})
    default = spec.get("validationFailureAction", "Audit")
    for index, rule in enumerate(spec.get("rules", ())):
        if "validate" in rule:
            own = "failureAction" in rule["validate"]
            action = rule["validate"]["failureAction"] if own else default
            if action.lower() != "enforce":
                yield Fault(
                    ("spec", "rules", index, "validate", "failureAction"),
                    f"rule `{rule.get('name', index)}` only writes a report, since its action is `{action}`: set "
                    "`validate.failureAction: Enforce` (before Kyverno 1.13 `spec.validationFailureAction`)",
                    confidence="high",
                )


check = Check(
    id="admission-policy-not-enforced",
    judges="object",
    kinds=(
        GroupKind(GROUP, _POLICY),
        GroupKind(GROUP, _BINDING),
        GroupKind(_KYVERNO, "ClusterPolicy"),
        GroupKind(_KYVERNO, "Policy"),
    ),
    severity="low",
    confidence="medium",
    persona="strict",
    find=_find,
    needs=("inventory",),
    references=(
        "https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/",
        "https://kyverno.io/docs/policy-types/cluster-policy/validate/",
    ),
)
