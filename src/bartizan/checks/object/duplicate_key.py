"""Key stands twice in one mapping.

YAML and JSON readers keep one of the two and say nothing. A reviewer sees the first, the API server takes
the last: a file can show `privileged: false` and mean `true`.

**Looks at** every object that was read from a text, at any depth.

**Instead** keep the one that is meant, and delete the other:

```yaml
securityContext:
  allowPrivilegeEscalation: false
```

There is no automatic fix: only the author knows which one is meant. Until then all other checks judge the
last one, as the API server does.

**Misses** keys that differ in upper and lower case, and objects that come from a cluster: there the first
one is already gone.
"""

from collections import Counter
from collections.abc import Iterable

from bartizan.checks.check import Check, Context, Fault
from bartizan.model.path import Path
from bartizan.model.path_text import render_path
from bartizan.model.resource import Resource


def _find(resource: Resource, _context: Context) -> Iterable[Fault]:
    seen: Counter[Path] = Counter()
    for duplicate in resource.duplicates:
        path = duplicate.path
        seen[path] += 1
        yield Fault(
            path,
            f"`{render_path(path)}` stands more than once, first on line {duplicate.line}"
            f"{_counts(resource, path)}: delete what is not meant",
            evidence=str(seen[path]) if seen[path] > 1 else "",
            secret=True,
        )


def _counts(resource: Resource, path: Path) -> str:
    """Where the one stands that the API server keeps."""
    span = resource.span(path)
    return f"; the one on line {span.line} counts" if span else "; the last one counts"


check = Check(
    id="duplicate-key",
    judges="object",
    severity="medium",
    find=_find,
    references=("https://yaml.org/spec/1.2.2/#3213-node-comparison",),
)
