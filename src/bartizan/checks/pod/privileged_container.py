"""Container runs privileged.

A privileged container holds every capability, sees the node's devices and runs without seccomp or AppArmor.
Whoever takes over a process in it takes over the node, and with the node every pod and every secret on it.

**Looks at** `securityContext.privileged` of every container: init, sidecar, regular and ephemeral.

**Instead** leave the field out, and add the one capability or device that the program really needs:

```yaml
securityContext:
  privileged: false
  capabilities: {drop: [ALL], add: [NET_BIND_SERVICE]}
```

**Misses** a container that gets the same power by other fields, such as the capability `SYS_ADMIN`:
`added-capabilities` looks at those.
"""

from collections.abc import Iterable

from bartizan.checks.check import Check, Context, Fault, Native, NativeRule
from bartizan.model.finding import Op
from bartizan.model.resource import GroupKind
from bartizan.model.workload import Container


def _find(container: Container, _context: Context) -> Iterable[Fault]:
    if container.security.get("privileged"):
        path = (*container.path, "securityContext", "privileged")
        yield Fault(
            path,
            f"container `{container.name}` runs privileged, which equals root on the node: "
            "remove `securityContext.privileged` and add only the capabilities it needs",
            fix=(Op("set", path, value=False),),
        )


check = Check(
    id="privileged-container",
    judges="container",
    severity="critical",
    find=_find,
    level="baseline",
    standard="privileged",
    native=Native(
        kinds=(GroupKind("", "Pod"),),
        rules=(
            NativeRule(
                "(object.spec.containers + object.spec.?initContainers.orValue([]) "
                "+ object.spec.?ephemeralContainers.orValue([]))"
                ".all(c, !c.?securityContext.?privileged.orValue(false))",
                "containers must not run privileged",
            ),
        ),
    ),
    references=("https://kubernetes.io/docs/concepts/security/pod-security-standards/",),
)
