"""Container carries a literal secret in its environment.

A value written into `env` is read by everyone who can read the manifest, its repository or the pod, and
stays in their history. It cannot be changed without a new roll-out, so mostly it never is.

**Looks at** `env` with a literal `value` in every container: init, sidecar, regular and ephemeral. A value
with the form of a well-known credential (a private key, a forge's token, an address with a password) weighs
`high`. A value whose variable is only *called* like a secret (`DB_PASSWORD`, `apiKey`) weighs `medium`, and
`low` where it is a placeholder such as `changeme`; so does one that is a text or a list of options with such a
setting (`-Ddb.password=…`). References like `$(OTHER)`, places in a secret manager, plain names of Secrets
(`shop-secret`), paths of files, addresses, switches and empty values pass. The value is never shown.

**Instead** refer to a Secret, and change the credential, since the old one is known:

```yaml
env:
  - name: DB_PASSWORD
    valueFrom:
      secretKeyRef: {name: database, key: password}
```

**Misses** secrets with a plain name and no known form, at which `possible-secret-in-container` guesses. Only
the first 256 KiB of a value are searched; where nothing was found in them the verdict is `skip`, not a pass.
What stands in `command` and `args` is told by `secret-in-arguments`.
"""

from collections.abc import Iterable

from bartizan.checks.check import CannotTell, Check, Context, Fault
from bartizan.model.workload import Container
from bartizan.secrets.command_line import given
from bartizan.secrets.names import Weight, secret_name, weigh
from bartizan.secrets.patterns import LIMIT, search
from bartizan.secrets.settings import secrets_in

_REMEDY = "keep it in a Secret, refer to it with `valueFrom.secretKeyRef`, and change it, for it is known now"


def _find(container: Container, _context: Context) -> Iterable[Fault]:
    cut = ""
    for index, entry in enumerate(container.raw.get("env", ())):
        value: str = entry.get("value", "")
        if not value:
            continue
        name: str = entry.get("name", "")
        seen = search(value)
        path = (*container.path, "env", index, "value")
        where = f"variable `{name}` of container `{container.name}`"
        if seen.found:
            what = " and ".join(detector.what for detector in seen.found)
            yield Fault(path, f"{where} has the form of {what}: {_REMEDY}", secret=True)
        elif secret_name(name) and (weight := weigh(name, value)) != "none":
            yield _named(path, where, placeholder=weight == "placeholder")
        elif settings := _settings(value[:LIMIT]):
            yield _setting(path, where, settings)
        elif seen.cut:
            cut = cut or where
    if cut:
        raise CannotTell(f"only the first {LIMIT >> 10} KiB of {cut} were searched", "not-evaluable-here")


def _named(path: tuple[str | int, ...], where: str, *, placeholder: bool) -> Fault:
    if placeholder:
        message = f"{where} holds a placeholder for a secret: refer to a Secret with `valueFrom.secretKeyRef`"
        return Fault(path, message, severity="low", secret=True)
    return Fault(
        path,
        f"{where} is called like a secret and holds a literal: {_REMEDY}",
        severity="medium",
        secret=True,
    )


def _settings(value: str) -> dict[str, Weight]:
    """Secrets by their names, in a value that is a list of options or a text with settings."""
    return {secret.name: secret.weight for secret in given([value])} | secrets_in(value)


def _setting(path: tuple[str | int, ...], where: str, settings: dict[str, Weight]) -> Fault:
    literal = next((name for name, weight in settings.items() if weight == "literal"), "")
    if literal:
        return Fault(path, f"{where} sets `{literal}` to a literal: {_REMEDY}", severity="medium", secret=True)
    message = f"{where} sets `{next(iter(settings))}` to a placeholder for a secret: take it from a Secret"
    return Fault(path, message, severity="low", secret=True)


check = Check(
    id="secret-in-environment",
    judges="container",
    severity="high",
    confidence="medium",
    find=_find,
    references=("https://kubernetes.io/docs/concepts/configuration/secret/",),
)
