"""Container is given a literal secret on its command line.

What stands in `command` or `args` is read by everyone who can read the manifest, its repository or the pod.
Beside that every process of the node that can list processes sees it, and many programs log how they were started.

**Looks at** `command` and `args`, the commands of probes and of `lifecycle`, and the headers of their requests,
in every container. A word with the form of a well-known credential weighs `high`. One that an option or a
variable of a telling name takes (`--db-password`, `DB_PASSWORD=…`, `mysql -p…`, `curl -u name:…`) weighs
`medium`, and `low` where it is a placeholder such as `changeme`. Scripts are cut into words as a shell would.
References like `$(OTHER)` and `$OTHER`, places in a secret manager, plain names of Secrets (`shop-secret`), paths,
addresses and switches pass. The value is never shown.

**Instead** give the program a file or a variable that comes from a Secret, and change the credential:

```yaml
args: ["--db-password=$(DB_PASSWORD)"]
env:
  - name: DB_PASSWORD
    valueFrom:
      secretKeyRef: {name: database, key: password}
```

**Misses** options whose name does not say secret and short flags of other programs. Only the first 256 KiB
of a word are searched for forms; where nothing was found in them the verdict is `skip`, not a pass.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from bartizan.checks.check import CannotTell, Check, Context, Fault
from bartizan.model.path import Path
from bartizan.model.workload import Container
from bartizan.secrets.command_line import given
from bartizan.secrets.names import Weight, secret_name
from bartizan.secrets.patterns import LIMIT, search
from bartizan.secrets.settings import secrets_in, weigh_setting

_REMEDY = "keep it in a Secret, hand it over in a file or a variable, and change it, for it is known now"
_HEADERS = frozenset({"authorization", "proxy-authorization"})
_PROBES = ("livenessProbe", "readinessProbe", "startupProbe")

_Word = tuple[Path, str]


def _find(container: Container, _context: Context) -> Iterable[Fault]:
    cut = ""
    for words in _commands(container):
        named = {secret.word: (secret.name, secret.weight) for secret in given([text for _, text in words])}
        for index, (path, text) in enumerate(words):
            seen = search(text)
            if seen.found:
                what = " and ".join(detector.what for detector in seen.found)
                where = _where(container, path)
                yield Fault(path, f"{where} holds what has the form of {what}: {_REMEDY}", secret=True)
            elif index in named or "\n" in text or text.startswith("{"):
                yield from _named(container, path, *named.get(index, _setting(text)))
            elif seen.cut:
                cut = cut or _where(container, path)
    for path, name, value in _headers(container):
        yield from _header(container, path, name, value)
    if cut:
        raise CannotTell(f"only the first {LIMIT >> 10} KiB of {cut} were searched", "not-evaluable-here")


def _commands(container: Container) -> Iterator[list[_Word]]:
    """Each command with its words and their places; `args` go on where `command` ends."""
    raw, path = container.raw, container.path
    yield [*_words(raw, path, "command"), *_words(raw, path, "args")]
    for place, handler in _handlers(container):
        yield list(_words(handler.get("exec", {}), (*place, "exec"), "command"))


def _words(raw: dict[str, Any], path: Path, field: str) -> Iterator[_Word]:
    for index, text in enumerate(raw.get(field, ())):
        yield (*path, field, index), text


def _handlers(container: Container) -> Iterator[tuple[Path, dict[str, Any]]]:
    raw, path = container.raw, container.path
    for probe in _PROBES:
        if probe in raw:
            yield (*path, probe), raw[probe]
    for moment in ("postStart", "preStop"):
        handler = raw.get("lifecycle", {}).get(moment)
        if handler is not None:
            yield (*path, "lifecycle", moment), handler


def _headers(container: Container) -> Iterator[tuple[Path, str, str]]:
    for place, handler in _handlers(container):
        for index, header in enumerate(handler.get("httpGet", {}).get("httpHeaders", ())):
            path = (*place, "httpGet", "httpHeaders", index, "value")
            yield path, header.get("name", ""), header.get("value", "")


def _header(container: Container, path: Path, name: str, value: str) -> Iterator[Fault]:
    if name.lower() in _HEADERS:
        yield from _named(container, path, name, weigh_setting("token", value.rpartition(" ")[2]))
    elif secret_name(name):
        yield from _named(container, path, name, weigh_setting(name, value))
    elif seen := search(value).found:
        yield Fault(path, f"{_where(container, path)} has the form of {seen[0].what}: {_REMEDY}", secret=True)


def _setting(text: str) -> tuple[str, Weight]:
    """A secret in a document that a script writes: the first literal, else the first placeholder."""
    found = secrets_in(text[:LIMIT])
    literal = next((name for name, weight in found.items() if weight == "literal"), "")
    if literal:
        return literal, "literal"
    return next(iter(found.items()), ("", "none"))


def _named(container: Container, path: Path, name: str, weight: Weight) -> Iterator[Fault]:
    if weight == "none":
        return
    where = f"{_where(container, path)} gives `{name}`"
    if weight == "placeholder":
        message = f"{where} a placeholder for a secret: take it from a Secret"
        yield Fault(path, message, severity="low", secret=True)
    else:
        yield Fault(path, f"{where} a literal: {_REMEDY}", severity="medium", secret=True)


def _where(container: Container, path: Path) -> str:
    field = next(str(step) for step in path[len(container.path) :] if isinstance(step, str))
    return f"`{field}` of container `{container.name}`"


check = Check(
    id="secret-in-arguments",
    judges="container",
    severity="high",
    confidence="medium",
    find=_find,
    references=("https://kubernetes.io/docs/tasks/inject-data-application/define-command-argument-container/",),
)
