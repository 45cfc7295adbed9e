"""Container is given a value that looks like a key.

A key that was drawn by chance shows it: its letters and digits follow no word. In `env`, `command` or `args` it
is read by everyone who can read the manifest or the pod. Nothing but its looks speaks for it, so this is a
guess for whoever goes through everything.

**Looks at** the literals of `env` and the parts of each word of `command` and `args`, in every container: those
of 20 to 200 letters and digits through each other. Identifiers, digests, public keys, certificates, readable
text in base64, names and paths are left out. What is purely hexadecimal is told where its name speaks of
secrets. Where `secret-in-environment` or `secret-in-arguments` is sure of the same value, that check tells
it. No value is shown.

**Instead** refer to a Secret, and change the value:

```yaml
env:
  - name: COOKIE_SEED
    valueFrom:
      secretKeyRef: {name: web, key: cookie-seed}
```

**Misses** passwords that people made up, keys in small letters alone, and probes.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache

from bartizan.checks.check import Check, Context, Fault
from bartizan.model.path import Path
from bartizan.model.workload import Container
from bartizan.secrets.entropy import SHORTEST, looks_random

_ADVICE = "looks like a key drawn by chance: if it is a secret, take it from a Secret and change it"


def _find(container: Container, _context: Context) -> Iterable[Fault]:
    for path, name, value in _values(container):
        if looks_random(value, name):
            where = f"variable `{name}`" if path[-1] == "value" else f"a part of `{path[-2]}`"
            yield Fault(path, f"{where} of container `{container.name}` {_ADVICE}", secret=True)


def _values(container: Container) -> Iterator[tuple[Path, str, str]]:
    raw, place = container.raw, container.path
    for index, entry in enumerate(raw.get("env", ())):
        yield (*place, "env", index, "value"), entry.get("name", ""), entry.get("value", "")
    for field in ("command", "args"):
        for index, word in enumerate(raw.get(field, ())):
            if len(word) >= SHORTEST:
                path = (*place, field, index)
                yield from ((path, name, value) for name, value in _parts(word))


def _parts(word: str) -> Iterator[tuple[str, str]]:
    """What stands between spaces, quotes and commas, with the name before an equals sign."""
    for match in _part().finditer(word):
        yield match["name"] or "", match["value"]


@cache
def _part() -> re.Pattern[str]:
    return re.compile(r"(?:(?P<name>[\w.-]{1,100})[=:])?+(?P<value>[^\s\"',;:=]{20,}={0,2})")


check = Check(
    id="possible-secret-in-container",
    judges="container",
    severity="medium",
    confidence="low",
    persona="audit",
    find=_find,
    overrides=("secret-in-arguments", "secret-in-environment"),
    references=("https://kubernetes.io/docs/concepts/configuration/secret/",),
)
