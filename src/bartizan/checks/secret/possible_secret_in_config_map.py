"""ConfigMap holds a value that looks like a key.

A key that was drawn by chance shows it: its letters and digits follow no word. In a ConfigMap everybody reads
it who can look at the namespace. Nothing but its looks speaks for it, so this is a guess for whoever goes
through everything.

**Looks at** every value of `data`, and every setting in one that is a text (`name=value`, `name: value`, JSON,
XML), of 20 to 200 letters and digits through each other. Identifiers, digests, public keys, certificates,
readable text in base64, names and paths are left out. What is purely hexadecimal is told where its name speaks
of secrets (`cookie_key`). Where `credential-in-config-map` is sure of the same value, that check tells it. No
value is shown.

**Instead** move it to a Secret, and change it:

```yaml
envFrom:
  - secretRef: {name: report-login}
```

**Misses** passwords that people made up, keys in small letters alone, and whatever stands in no setting of
its own. Only the first 256 KiB of a value are looked at; where nothing was found in them the verdict is `skip`.
"""

from collections.abc import Iterable, Iterator

from bartizan.checks.check import CannotTell, Check, Context, Fault
from bartizan.model.resource import GroupKind, Resource
from bartizan.model.shape import TEXT_MAP, Fields, conform
from bartizan.secrets.entropy import looks_random
from bartizan.secrets.patterns import LIMIT
from bartizan.secrets.settings import pairs

_CONFIG_MAP = Fields({"data": TEXT_MAP})


def _find(resource: Resource, _context: Context) -> Iterable[Fault]:
    cut = ""
    for key, value in conform(resource.raw, _CONFIG_MAP, (), []).get("data", {}).items():
        name = next(_random(key, value), "")
        if not name and len(value) > LIMIT:
            cut = cut or key
        elif name:
            where = f"`{key}`" if name == key else f"`{name}` in `{key}`"
            yield Fault(
                ("data", key),
                f"{where} looks like a key drawn by chance: if it is a secret, move it to a Secret and change it",
                secret=True,
            )
    if cut:
        raise CannotTell(f"only the first {LIMIT >> 10} KiB of `{cut}` were looked at", "not-evaluable-here")


def _random(key: str, value: str) -> Iterator[str]:
    """The names of settings whose value looks drawn; the key itself where the whole value does."""
    if looks_random(value.strip(), key):
        yield key
    for name, setting in pairs(value[:LIMIT]):
        if looks_random(setting, name):
            yield name


check = Check(
    id="possible-secret-in-config-map",
    judges="object",
    kinds=(GroupKind("", "ConfigMap"),),
    severity="medium",
    confidence="low",
    persona="audit",
    find=_find,
    overrides=("credential-in-config-map",),
    references=("https://kubernetes.io/docs/concepts/configuration/configmap/",),
)
