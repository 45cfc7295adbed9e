"""Container's command uses sudo.

`sudo` makes a process root by a set-user-ID file. A container that needs it can neither forbid privilege escalation
nor promise that it does not run as root, and whoever takes over the program takes root with the same word.

**Looks at** `command` and `args` of every container, and at `exec` commands of probes and lifecycle hooks: `sudo` as
the program that is started, or in a shell's script where a command begins.

**Instead** run the program as the user that it needs, and grant what is missing by a capability or by an owner of
the files:

```yaml
securityContext:
  runAsUser: 10001
  allowPrivilegeEscalation: false
```

**Misses** scripts inside the image, and `sudo` in quotes inside a script.
"""

from collections.abc import Iterable

from bartizan.checks.check import Check, Context, Fault
from bartizan.checks.pod._commands import commands, invoked, program
from bartizan.model.workload import Container

_SUDO = program("sudo")


def _find(container: Container, _context: Context) -> Iterable[Fault]:
    for command in commands(container):
        place = invoked(command, _SUDO) if any("sudo" in word for word in command[1]) else None
        if place is not None:
            yield Fault(
                (*container.path, *place),
                f"container `{container.name}` becomes root by `sudo` in `{'.'.join(map(str, place))}`: remove "
                "`sudo`, and let the program run as the user that it needs",
                secret=True,
            )


check = Check(
    id="sudo-in-command",
    judges="container",
    severity="medium",
    persona="strict",
    find=_find,
    references=("https://kubernetes.io/docs/tasks/configure-pod-container/security-context/",),
)
