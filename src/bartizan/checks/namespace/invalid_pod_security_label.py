"""Pod Security label means nothing.

A misspelt label is just a label: the API server keeps it and protects nothing. The namespace looks guarded
to everyone who reads it. A level or version that does not exist makes the API server refuse the namespace.

**Looks at** labels of Namespaces under `pod-security.kubernetes.io/`. The modes are `enforce`, `audit` and
`warn`, with the values `privileged`, `baseline` or `restricted`. `enforce-version`, `audit-version` and
`warn-version` take `latest` or `v1.` and a number. All are written in small letters. Any other label with
the prefix is found too.

**Instead** spell them as they are:

```yaml
metadata:
  labels:
    pod-security.kubernetes.io/enforce: restricted
    pod-security.kubernetes.io/enforce-version: v1.34
```

**Misses** a misspelt prefix, and a version newer than the cluster, which counts as `latest`.
"""

import re
from collections.abc import Iterable

from bartizan.checks.check import Check, Context, Fault
from bartizan.checks.namespace._namespace import LEVELS, NAMESPACES, PREFIX, REFERENCE, labels
from bartizan.model.finding import Severity
from bartizan.model.resource import Resource

_MODES = ("enforce", "audit", "warn")
_VERSIONS = tuple(f"{mode}-version" for mode in _MODES)
_VERSION = re.compile(r"latest|v1\.(0|[1-9][0-9]*)")


def _find(namespace: Resource, _context: Context) -> Iterable[Fault]:
    for key, value in labels(namespace).items():
        problem = _problem(key.removeprefix(PREFIX), value) if key.startswith(PREFIX) else ""
        if problem:
            yield Fault(("metadata", "labels", key), problem, severity=_weight(key))


def _problem(name: str, value: str) -> str:
    if name in _MODES:
        if value in LEVELS:
            return ""
        return f"`{value}` is no Pod Security level: write `privileged`, `baseline` or `restricted`"
    if name in _VERSIONS:
        if _VERSION.fullmatch(value):
            return ""
        return f"`{value}` is no version of the Pod Security Standards: write `latest`, or one such as `v1.34`"
    return (
        f"`{PREFIX}{name}` is no label that Kubernetes knows, so it protects nothing: write one of "
        f"`{'`, `'.join((*_MODES, *_VERSIONS))}` after `{PREFIX}`"
    )


def _weight(key: str) -> Severity | None:
    """`audit` and `warn` refuse nothing, so little is lost with them."""
    return "low" if key.startswith((PREFIX + "audit", PREFIX + "warn")) else None


check = Check(
    id="invalid-pod-security-label",
    judges="object",
    kinds=NAMESPACES,
    severity="medium",
    find=_find,
    references=(REFERENCE,),
)
