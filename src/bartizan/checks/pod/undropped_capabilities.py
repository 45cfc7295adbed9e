"""Container keeps capabilities it may not need.

A container starts with about a dozen capabilities: it may change owners of files, become another user, forge
packets. Few programs use any of them; an attacker in the container uses them to go further. Dropping all and
adding back the one that is needed takes two lines.

**Looks at** `securityContext.capabilities` of every container: `drop` must hold `ALL` (in capitals), `add`
may hold nothing but `NET_BIND_SERVICE`. From Kubernetes 1.25 on, pods with `os.name: windows` are left out.

**Instead**

```yaml
securityContext:
  capabilities:
    drop: [ALL]
```

A program that starts as root and steps down itself (some web servers, `su-exec`) needs `SETUID`, `SETGID` and
`CHOWN`: better let it start as its user with `runAsUser`.

**Misses** whether the program uses what it keeps, and that a list of all single names would drop them all as
well.
"""

from collections.abc import Iterable

from bartizan.checks.check import Check, Context, Fault
from bartizan.checks.pod._capabilities import added
from bartizan.model.finding import Op
from bartizan.model.workload import Container

_ALLOWED = frozenset({"NET_BIND_SERVICE"})


def _find(container: Container, _context: Context) -> Iterable[Fault]:
    if "ALL" not in container.security.get("capabilities", {}).get("drop", ()):
        path = (*container.path, "securityContext", "capabilities", "drop")
        yield Fault(
            path,
            f"container `{container.name}` keeps the default capabilities: "
            "set `securityContext.capabilities.drop: [ALL]`",
            fix=(Op("set", path, ["ALL"]),),
        )
    yield from added(container, _ALLOWED)


def _find_except_windows(container: Container, context: Context) -> Iterable[Fault]:
    return () if container.pod.windows else _find(container, context)


check = Check(
    id="undropped-capabilities",
    judges="container",
    severity="low",
    persona="strict",
    rules=((22, _find), (25, _find_except_windows)),
    level="restricted",
    standard="capabilities_restricted",
    overrides=("added-capabilities",),
    references=("https://kubernetes.io/docs/concepts/security/pod-security-standards/",),
)
