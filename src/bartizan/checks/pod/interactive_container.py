"""Container keeps a terminal or standard input open.

`stdin` and `tty` are for a person who types. In a workload they are a way in for whoever may attach to its pods: a
program that reads commands obeys them, without a log entry of its own. Mostly they are left over from a trial.

**Looks at** `stdin` and `tty` of init, sidecar and regular containers. Ephemeral containers are made for a person,
and pass.

**Instead** leave both out. To look into a running pod, start a container beside it:

```sh
kubectl debug --stdin --tty web-0 --image registry.example/tools:1.2
```

**Misses** shells that are started in a container without either.
"""

from collections.abc import Iterable

from bartizan.checks.check import Check, Context, Fault
from bartizan.model.workload import Container


def _find(container: Container, _context: Context) -> Iterable[Fault]:
    raw = container.raw
    fields = [field for field in ("stdin", "tty") if raw.get(field)]
    if not fields or container.role == "ephemeral":
        return ()
    written = " and ".join(f"`{field}: true`" for field in fields)
    fault = Fault(
        (*container.path, fields[0]),
        f"container `{container.name}` waits for somebody who types, by {written}: remove {'both' if fields[1:] else 'it'}",
    )
    return (fault,)


check = Check(
    id="interactive-container",
    judges="container",
    severity="info",
    persona="audit",
    find=_find,
    references=("https://kubernetes.io/docs/tasks/debug/debug-application/debug-running-pod/",),
)
