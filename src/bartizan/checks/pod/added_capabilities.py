"""Container adds capabilities beyond the default.

Linux splits the power of root into capabilities. A container gets a small set of them; each one added is a
power that whoever takes over the program holds as well. With `SYS_ADMIN`, `SYS_MODULE`, `SYS_PTRACE` or
`DAC_READ_SEARCH` that is a short way to the node, with `NET_ADMIN` or `NET_RAW` to its neighbours' traffic.

**Looks at** `securityContext.capabilities.add` of every container. Allowed are the capabilities that
container runtimes give by default, without `NET_RAW`. Each other one is a finding of its own; `SYS_ADMIN` and
its like weigh more. Names count as written: `net_admin` and `CAP_CHOWN` are not on the list of the Pod
Security Standards.

**Instead** find out which capability the program needs, drop all, and add that one:

```yaml
securityContext:
  capabilities:
    drop: [ALL]
    add: [NET_BIND_SERVICE]
```

Most programs that bind a port below 1024 can listen on a higher one, and need none at all.

**Misses** capabilities of the default set, which `undropped-capabilities` asks to drop, and those that a
program gets from file capabilities of its image.
"""

from collections.abc import Iterable

from bartizan.checks.check import Check, Context, Fault
from bartizan.checks.pod._capabilities import DEFAULT, added
from bartizan.model.workload import Container


def _find(container: Container, _context: Context) -> Iterable[Fault]:
    return added(container, DEFAULT)


check = Check(
    id="added-capabilities",
    judges="container",
    severity="medium",
    find=_find,
    level="baseline",
    standard="capabilities_baseline",
    references=("https://kubernetes.io/docs/concepts/security/pod-security-standards/",),
)
