"""ConfigMap holds a credential.

ConfigMaps are made to be read: most roles allow it, they are stored unencrypted, and they are printed and
copied without a thought. A credential in one is known to everybody who can look at the namespace.

**Looks at** every value of `data`. One with the form of a well-known credential (a private key, a forge's
token, an address with a password) weighs `high`; one whose key is only called like a secret
(`UPLOAD_TOKEN`) weighs `medium`, and `low` where it is a placeholder such as `changeme`. No value is shown.

**Instead** keep it in a Secret, mount that beside the ConfigMap, and change the credential:

```yaml
envFrom:
  - configMapRef: {name: report}
  - secretRef: {name: report-login}
```

**Misses** secrets without a known form in the midst of a longer text, and `binaryData`. Only the first
64 KiB of a value are searched; where nothing was found in them the verdict is `skip`, not a pass.
"""

from collections.abc import Iterable

from bartizan.checks.check import CannotTell, Check, Context, Fault
from bartizan.model.resource import GroupKind, Resource
from bartizan.model.shape import TEXT_MAP, Fields, conform
from bartizan.secrets.names import secret_name, weigh
from bartizan.secrets.patterns import search

_CONFIG_MAP = Fields({"data": TEXT_MAP})
_REMEDY = "move it to a Secret, and change it, for it is known now"


def _find(resource: Resource, _context: Context) -> Iterable[Fault]:
    cut = ""
    for key, value in conform(resource.raw, _CONFIG_MAP, (), []).get("data", {}).items():
        path = ("data", key)
        seen = search(value)
        if seen.found:
            what = " and ".join(detector.what for detector in seen.found)
            yield Fault(path, f"`{key}` holds what has the form of {what}: {_REMEDY}", secret=True)
        elif secret_name(key) and (weight := weigh(key, value)) != "none":
            yield _named(path, placeholder=weight == "placeholder")
        elif seen.cut:
            cut = cut or key
    if cut:
        raise CannotTell(f"only the first 64 KiB of `{cut}` were searched", "not-evaluable-here")


def _named(path: tuple[str, str], *, placeholder: bool) -> Fault:
    if placeholder:
        message = f"`{path[1]}` holds a placeholder for a secret: its place is in a Secret"
        return Fault(path, message, severity="low", secret=True)
    message = f"`{path[1]}` is called like a secret and holds a literal: {_REMEDY}"
    return Fault(path, message, severity="medium", secret=True)


check = Check(
    id="credential-in-config-map",
    judges="object",
    kinds=(GroupKind("", "ConfigMap"),),
    severity="high",
    confidence="medium",
    find=_find,
    references=("https://kubernetes.io/docs/concepts/configuration/configmap/",),
)
