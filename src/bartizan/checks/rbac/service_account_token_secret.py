"""Secret holds a token that never expires.

A Secret of type `kubernetes.io/service-account-token` keeps a token of a ServiceAccount for as long as it stands.
Whoever reads it once, in a backup say, has the account's rights from then on. Tokens that pods get by themselves
are renewed every hour and end with the pod.

**Looks at** `type` of Secrets.

**Instead** let a program outside the cluster ask for a token with an end, or mount one that is renewed:

```yaml
volumes:
  - name: token
    projected:
      sources:
        - serviceAccountToken: {path: token, audience: vault, expirationSeconds: 3600}
```

**Misses** what the account may do; tokens that somebody copied into a Secret of another type (see
`literal-secret`).
"""

from collections.abc import Iterable

from bartizan.checks.check import Check, Context, Fault
from bartizan.model.pod_shape import METADATA
from bartizan.model.resource import GroupKind, Resource
from bartizan.model.shape import TEXT, Fields, conform

_SECRET = Fields({"metadata": METADATA, "type": TEXT})
_TYPE = "kubernetes.io/service-account-token"
_ACCOUNT = "kubernetes.io/service-account.name"


def _find(resource: Resource, _context: Context) -> Iterable[Fault]:
    raw = conform(resource.raw, _SECRET, (), [])
    if raw.get("type") == _TYPE:
        account = raw.get("metadata", {}).get("annotations", {}).get(_ACCOUNT)
        whose = f"ServiceAccount `{account}`" if account else "a ServiceAccount"
        yield Fault(
            ("type",),
            f"Secret holds a token of {whose} that never expires: ask for one with `kubectl create token`, or mount "
            "a `projected` volume with a `serviceAccountToken`",
        )


check = Check(
    id="service-account-token-secret",
    judges="object",
    kinds=(GroupKind("", "Secret"),),
    severity="medium",
    persona="strict",
    find=_find,
    references=("https://kubernetes.io/docs/concepts/security/service-accounts/#get-a-token",),
)
