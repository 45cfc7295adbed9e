"""Environment variable is set twice.

Of two entries of one name in `env` the last one counts, and nothing says so. A reviewer sees the first: a value that
switches a protection on may be followed by one that switches it off. Tools that merge manifests keep one or the other.

**Looks at** the names in `env` of every container. Each name that stands there more than once is one finding, at the
entry that counts.

**Instead** keep the entry that is meant, and delete the others:

```yaml
env:
  - name: LOG_LEVEL
    value: info
```

**Misses** names that `envFrom` brings as well: there `env` is meant to win.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from bartizan.checks.check import Check, Context, Fault
from bartizan.model.workload import Container


def _find(container: Container, _context: Context) -> Iterable[Fault]:
    entries = container.raw.get("env", ())
    names = [entry.get("name", "") for entry in entries]
    return () if len(set(names)) == len(names) else _faults(container, names)


def _faults(container: Container, names: list[Any]) -> Iterator[Fault]:
    last = {name: index for index, name in enumerate(names)}
    for name, count in Counter(names).items():
        if count > 1 and name:
            yield Fault(
                (*container.path, "env", last[name], "name"),
                f"container `{container.name}` sets `{name}` {count} times, and only "
                "the last one counts: delete the others, or give them their own names",
                evidence=name,
            )


check = Check(
    id="duplicate-environment-variable",
    judges="container",
    severity="low",
    persona="strict",
    find=_find,
    references=(
        "https://kubernetes.io/docs/tasks/inject-data-application/define-environment-variable-container/",
    ),
)
