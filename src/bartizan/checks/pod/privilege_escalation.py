"""Container may gain privileges.

Unless told otherwise, a program in a container may become more than it started as: a set-user-ID file such as
`su` or `ping`, left over in the image, gives root to a process that runs as a plain user. One field makes the
kernel refuse that (`no_new_privs`).

**Looks at** `securityContext.allowPrivilegeEscalation` of every container; absent means true. From Kubernetes
1.25 on, pods with `os.name: windows` are left out.

**Instead**

```yaml
securityContext:
  allowPrivilegeEscalation: false
```

A privileged container, or one that adds `CAP_SYS_ADMIN`, cannot set it: the API server refuses the two
together. Take that power away first.

**Misses** nothing of the field itself; whether the image holds a set-user-ID file is not looked at.
"""

from collections.abc import Iterable

from bartizan.checks.check import Check, Context, Fault, Native, NativeRule
from bartizan.model.finding import Op
from bartizan.model.path import Path
from bartizan.model.resource import GroupKind
from bartizan.model.workload import Container

_ADMIN = frozenset({"SYS_ADMIN", "CAP_SYS_ADMIN"})


def _find(container: Container, _context: Context) -> Iterable[Fault]:
    if container.security.get("allowPrivilegeEscalation") is not False:
        yield _fault(container, (*container.path, "securityContext", "allowPrivilegeEscalation"))


def _find_except_windows(container: Container, context: Context) -> Iterable[Fault]:
    return () if container.pod.windows else _find(container, context)


def _fault(container: Container, path: Path) -> Fault:
    start = f"container `{container.name}` lets its processes gain privileges"
    if power := _power(container):
        return Fault(path, f"{start}: remove {power}, then set `securityContext.allowPrivilegeEscalation: false`")
    return Fault(
        path,
        f"{start}: set `securityContext.allowPrivilegeEscalation: false`",
        fix=(Op("set", path, value=False),),
    )


def _power(container: Container) -> str:
    """What the API server refuses beside `allowPrivilegeEscalation: false`."""
    if container.security.get("privileged"):
        return "`privileged: true`"
    added = container.security.get("capabilities", {}).get("add", ())
    return "" if _ADMIN.isdisjoint(added) else "the capability `SYS_ADMIN`"


check = Check(
    id="privilege-escalation",
    judges="container",
    severity="medium",
    rules=((8, _find), (25, _find_except_windows)),
    level="restricted",
    standard="allowPrivilegeEscalation",
    native=Native(
        kinds=(GroupKind("", "Pod"),),
        rules=(
            NativeRule(
                "object.spec.?os.?name.orValue('') == 'windows' || "
                "(object.spec.containers + object.spec.?initContainers.orValue([]) "
                "+ object.spec.?ephemeralContainers.orValue([]))"
                ".all(c, !c.?securityContext.?allowPrivilegeEscalation.orValue(true))",
                "containers must set securityContext.allowPrivilegeEscalation to false",
            ),
        ),
    ),
    references=("https://kubernetes.io/docs/concepts/security/pod-security-standards/",),
)
