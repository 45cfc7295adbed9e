"""Role can have certificates signed for any user.

A client certificate is an identity: its subject is a user with groups, and it cannot be taken back before it
expires. Who approves requests for one, and makes them, becomes any user or node.

**Looks at** rules of ClusterRoles that allow `update` or `patch` on `certificatesigningrequests/approval`, or
`approve` or `sign` on `signers`. A role that approves passes where its rules name signers outside
`kubernetes.io/` alone. It weighs `high`, for `sign` alone `medium`. The requests stand in no namespace, so that
a Role for them has no effect. Rules with a wildcard are told by `wildcard-role`.

**Instead** name the signer that the program serves:

```yaml
rules:
  - apiGroups: [certificates.k8s.io]
    resources: [certificatesigningrequests/approval]
    verbs: [update]
  - apiGroups: [certificates.k8s.io]
    resources: [signers]
    resourceNames: [example.com/web]
    verbs: [approve]
```

**Misses** a second role of the same subject that names another signer; the rules of a ClusterRole with an
`aggregationRule`.
"""

from collections.abc import Iterable

from bartizan.access.powers import APPROVAL, SIGNERS
from bartizan.access.reading import ROLES
from bartizan.access.rule import Rule
from bartizan.checks.check import Check, Context, Fault
from bartizan.checks.rbac._danger import given, named
from bartizan.checks.rbac._rbac import REFERENCE, plain_rules, rules
from bartizan.model.resource import Resource

_OWN = "kubernetes.io/"
_ANY_NAME = "*"
_REMEDY = "name in `resourceNames` of `signers` the signer that it serves"


def _find(role: Resource, _context: Context) -> Iterable[Fault]:
    approving = [rule for rule in plain_rules(role) if given(rule, role, APPROVAL)]
    if any(given(rule, role, SIGNERS) for rule in rules(role)):
        deciding = [rule for rule in plain_rules(role) if given(rule, role, SIGNERS) and _is_open(rule)]
        yield from (_fault(rule, role) for rule in deciding)
    else:
        yield from (_fault(rule, role) for rule in approving)


def _fault(rule: Rule, role: Resource) -> Fault:
    powers = given(rule, role, (*APPROVAL, *SIGNERS))
    signs = {verb for verb, _, _ in powers} == {"sign"}
    lets = "issue certificates in a signer's name" if signs else "have certificates signed for any user"
    return Fault(
        rule.path,
        f"rule allows {named(powers)}, which lets its subjects {lets}: {_REMEDY}",
        severity="medium" if signs else "high",
    )


def _is_open(rule: Rule) -> bool:
    """Whether it reaches a signer of Kubernetes, whose certificates the API server believes."""
    return not rule.names or any(name.startswith((_OWN, _ANY_NAME)) for name in rule.names)


check = Check(
    id="certificate-signing-control",
    judges="object",
    kinds=ROLES,
    severity="high",
    find=_find,
    references=(
        REFERENCE,
        "https://kubernetes.io/docs/reference/access-authn-authz/certificate-signing-requests/",
    ),
)
