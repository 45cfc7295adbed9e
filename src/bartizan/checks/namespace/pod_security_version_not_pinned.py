"""Pod Security version is not pinned.

Without a version the namespace follows the newest rules of the cluster. An upgrade of Kubernetes may then
refuse pods that ran the day before, at the worst moment: when a node drains and its pods start elsewhere.

**Looks at** Namespaces that enforce `baseline` or `restricted` without the label
`pod-security.kubernetes.io/enforce-version`, or with the value `latest`.

**Instead** pin what refuses, and let the warnings run ahead:

```yaml
metadata:
  labels:
    pod-security.kubernetes.io/enforce: restricted
    pod-security.kubernetes.io/enforce-version: v1.34
    pod-security.kubernetes.io/warn: restricted
    pod-security.kubernetes.io/warn-version: latest
```

**Misses** a version so old that newer fields escape its rules.
"""

from collections.abc import Iterable

from bartizan.checks.check import Check, Context, Fault
from bartizan.checks.namespace._namespace import ENFORCE, NAMESPACES, REFERENCE, labels
from bartizan.model.resource import Resource

_VERSION = f"{ENFORCE}-version"


def _find(namespace: Resource, _context: Context) -> Iterable[Fault]:
    written = labels(namespace)
    level = written.get(ENFORCE)
    if level in ("baseline", "restricted") and written.get(_VERSION, "latest") == "latest":
        yield Fault(
            ("metadata", "labels", _VERSION),
            f"enforces `{level}` by the newest rules of the cluster, so an upgrade may refuse pods that run today: "
            f"set `{_VERSION}` to the version you tested, such as `v1.34`",
        )


check = Check(
    id="pod-security-version-not-pinned",
    judges="object",
    kinds=NAMESPACES,
    severity="info",
    persona="audit",
    find=_find,
    references=(REFERENCE,),
)
