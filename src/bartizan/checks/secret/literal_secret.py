"""Secret stands in a file with its value.

The base64 of a Secret is a spelling, no protection: whoever can read the repository, a copy of it or its
history has the credential.

**Looks at** `data` and `stringData` of Secrets that were read from a file. One that holds something with
the form of a well-known credential (a private key, a forge's token) weighs `high`, others `medium`, and
`low` where every value is a placeholder such as `changeme`. SealedSecrets and
ExternalSecrets are kinds of their own and pass, and so do values that SOPS has encrypted, empty values,
references to a vault or template, and public certificates. No value is shown.

**Instead** keep only what is encrypted, or where the value comes from:

```yaml
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: {name: database}
spec:
  secretStoreRef: {name: vault, kind: ClusterSecretStore}
  data:
    - secretKey: password
      remoteRef: {key: shop/database, property: password}
```

Change the credential as well: the old one stays in the history.

**Misses** Secrets that a kustomization or a chart makes, and everything on standard input: what `kubectl get`
or a renderer prints there stands in no file that others read. Only the first 256 KiB of a
value are searched for forms.
"""

import binascii
from base64 import b64decode
from collections.abc import Iterable
from typing import Any

from bartizan.checks.check import Check, Context, Fault
from bartizan.model.finding import Severity
from bartizan.model.resource import GroupKind, Resource
from bartizan.model.shape import TEXT_MAP, Fields, conform
from bartizan.secrets.names import is_placeholder, is_reference
from bartizan.secrets.patterns import search

_SECRET = Fields({"data": TEXT_MAP, "stringData": TEXT_MAP})
_CERTIFICATE = "-----BEGIN CERTIFICATE-----"
_SHOWN_KEYS = 5
_STANDARD_INPUT = "-"


def _find(resource: Resource, _context: Context) -> Iterable[Fault]:
    if resource.origin.kind != "file" or resource.origin.file == _STANDARD_INPUT:
        return
    values = _values(conform(resource.raw, _SECRET, (), []))
    literals = {(field, key): value for field, key, value in values if _is_literal(value)}
    if literals:
        keys = list(dict.fromkeys(f"`{key}`" for _, key in literals))
        shown = ", ".join(keys[:_SHOWN_KEYS]) + (" and others" if len(keys) > _SHOWN_KEYS else "")
        yield Fault(
            (next(iter(literals))[0],),
            f"the file holds the value of {shown} for everyone who can read it: keep it encrypted or in a "
            "vault (SealedSecret, ExternalSecret, SOPS), and change it, since the history keeps it",
            severity=_severity(literals.values()),
            secret=True,
        )


def _values(raw: dict[str, Any]) -> Iterable[tuple[str, str, str]]:
    for key, value in raw.get("data", {}).items():
        yield "data", key, _decoded(value)
    for key, value in raw.get("stringData", {}).items():
        yield "stringData", key, value


def _decoded(value: str) -> str:
    """The text behind base64; what is no base64 stands for itself."""
    if is_reference(value):
        return value
    try:
        return b64decode(value).decode("utf-8", "replace")
    except (binascii.Error, ValueError):
        return value


def _is_literal(value: str) -> bool:
    return bool(value.strip()) and not is_reference(value) and not _is_public(value)


def _is_public(value: str) -> bool:
    return value.lstrip().startswith(_CERTIFICATE) and not search(value).found


def _severity(values: Iterable[str]) -> Severity:
    if all(map(is_placeholder, values)):
        return "low"
    return "high" if any(search(value).found for value in values) else "medium"


check = Check(
    id="literal-secret",
    judges="object",
    kinds=(GroupKind("", "Secret"),),
    severity="medium",
    find=_find,
    references=("https://kubernetes.io/docs/concepts/security/secrets-good-practices/",),
)
