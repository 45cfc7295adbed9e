"""ConfigMap holds a credential.

ConfigMaps are made to be read: most roles allow it, they are stored unencrypted, and they are printed and
copied without a thought. A credential in one is known to everybody who can look at the namespace.

**Looks at** every value of `data` and `binaryData`. One with the form of a well-known credential (a private
key, a forge's token, a login for a registry, an address with a password) weighs `high`. One whose key is only
called like a secret (`UPLOAD_TOKEN`), or that is a text with such a setting (`spring.datasource.password=…`)
weighs `medium`, and `low` where there is but a placeholder such as `changeme`. No value is shown.

**Instead** keep it in a Secret, mount that beside the ConfigMap, and change the credential:

```yaml
envFrom:
  - configMapRef: {name: report}
  - secretRef: {name: report-login}
```

**Misses** secrets without a known form and a telling name in the midst of a longer text
(`possible-secret-in-config-map` guesses at those), and archives in `binaryData`. Only the first 256 KiB of a
value are searched; where nothing was found in them the verdict is `skip`, not a pass.
"""

import binascii
from base64 import b64decode
from collections.abc import Iterable, Iterator
from typing import Any

from bartizan.checks.check import CannotTell, Check, Context, Fault
from bartizan.model.path import Path
from bartizan.model.resource import GroupKind, Resource
from bartizan.model.shape import TEXT_MAP, Fields, conform
from bartizan.secrets.names import secret_name, weigh
from bartizan.secrets.patterns import LIMIT, search
from bartizan.secrets.settings import secrets_in

_CONFIG_MAP = Fields({"data": TEXT_MAP, "binaryData": TEXT_MAP})
_REMEDY = "move it to a Secret, and change it, for it is known now"
_SHOWN_NAMES = 3


def _find(resource: Resource, _context: Context) -> Iterable[Fault]:
    cut = ""
    for path, value in _values(conform(resource.raw, _CONFIG_MAP, (), [])):
        key = str(path[1])
        seen = search(value)
        if seen.found:
            what = " and ".join(detector.what for detector in seen.found)
            yield Fault(path, f"`{key}` holds what has the form of {what}: {_REMEDY}", secret=True)
        elif secret_name(key) and (weight := weigh(key, value)) != "none":
            yield _named(path, placeholder=weight == "placeholder")
        elif found := secrets_in(value[:LIMIT]):
            yield _settings(path, [name for name, weight in found.items() if weight == "literal"], list(found))
        elif seen.cut:
            cut = cut or key
    if cut:
        raise CannotTell(f"only the first {LIMIT >> 10} KiB of `{cut}` were searched", "not-evaluable-here")


def _values(raw: dict[str, Any]) -> Iterator[tuple[Path, str]]:
    for key, value in raw.get("data", {}).items():
        yield ("data", key), value
    for key, value in raw.get("binaryData", {}).items():
        yield ("binaryData", key), _decoded(value)


def _decoded(value: str) -> str:
    """The text behind base64; nothing where there is none to read."""
    try:
        return b64decode(value).decode("utf-8", "replace")
    except (binascii.Error, ValueError):
        return value


def _named(path: Path, *, placeholder: bool) -> Fault:
    if placeholder:
        message = f"`{path[1]}` holds a placeholder for a secret: its place is in a Secret"
        return Fault(path, message, severity="low", secret=True)
    message = f"`{path[1]}` is called like a secret and holds a literal: {_REMEDY}"
    return Fault(path, message, severity="medium", secret=True)


def _settings(path: Path, literals: list[str], placeholders: list[str]) -> Fault:
    names = literals or placeholders
    shown = ", ".join(f"`{name}`" for name in names[:_SHOWN_NAMES])
    shown += " and others" if len(names) > _SHOWN_NAMES else ""
    if not literals:
        message = f"`{path[1]}` sets {shown} to a placeholder for a secret: its place is in a Secret"
        return Fault(path, message, severity="low", secret=True)
    return Fault(path, f"`{path[1]}` sets {shown} to a literal: {_REMEDY}", severity="medium", secret=True)


check = Check(
    id="credential-in-config-map",
    judges="object",
    kinds=(GroupKind("", "ConfigMap"),),
    severity="high",
    confidence="medium",
    find=_find,
    references=("https://kubernetes.io/docs/concepts/configuration/configmap/",),
)
