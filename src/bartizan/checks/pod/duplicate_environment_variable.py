"""Environment variable is set twice.

Of two entries of one name in `env` the last one counts. A reviewer sees the first: a value that switches a
protection on may be followed by one that switches it off. Tools that merge manifests keep one or the other: `kubectl`
warns that an entry "may be dropped when using apply".

**Looks at** the names in `env` of every container. Each name that stands there more than once is one finding, at
the entry that counts. An entry that adds to the one before it (`value: $(JAVA_OPTS) -Xmx1g` for `JAVA_OPTS`)
passes.

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
    return () if len(set(names)) == len(names) else _faults(container, entries, names)


def _faults(container: Container, entries: list[dict[str, Any]], names: list[str]) -> Iterator[Fault]:
    last: dict[str, int] = {}
    hiding: set[str] = set()
    for index, name in enumerate(names):
        if name in last and not _adds(entries[index], name):
            hiding.add(name)
        last[name] = index
    for name, count in Counter(names).items():
        if name and name in hiding:
            yield Fault(
                (*container.path, "env", last[name], "name"),
                f"container `{container.name}` sets `{name}` {count} times, and only "
                "the last one counts: delete the others, or give them their own names",
                evidence=name,
            )


def _adds(entry: dict[str, Any], name: str) -> bool:
    """Whether an entry holds the value of the one before it, and more; `$$(NAME)` is no reference."""
    reference = f"$({name})"
    value: str = entry.get("value", "")
    return value != reference and reference in value.replace("$$", "")


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
