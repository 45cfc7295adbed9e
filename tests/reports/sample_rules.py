"""The checks of the sample report, with their documentation."""

from bartizan.model.finding import Persona, Severity
from bartizan.model.report import Rule

_PRIVILEGED_PAGE = """\
Container runs privileged.

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

_PAGE = """\
{title}

Why it is bad, in a paragraph. A second sentence with `code` in it, and a
[page to read](https://kubernetes.io/docs/concepts/security/).

**Instead** do one of these:

- leave the field out
- write `{field}`
"""

_PSS = "https://kubernetes.io/docs/concepts/security/pod-security-standards/"


def rule(
    check: str,
    title: str,
    severity: Severity,
    *,
    field: str = "…",
    page: str = "",
    persona: Persona = "regular",
) -> Rule:
    """A rule with a page of documentation."""
    return Rule(
        id=check,
        title=title,
        severity=severity,
        persona=persona,
        documentation=page or _PAGE.format(title=title, field=field),
        references=(_PSS,),
    )


RULES = (
    rule("cluster-admin-binding", "Wildcard rights on everything", "high", field="verbs: [get]"),
    rule("host-namespaces", "Pod shares the node's namespaces", "high", field="hostPID: false"),
    rule("image-tag", "Image tag can move", "low", field="image: app@sha256:…", persona="strict"),
    rule("missing-limits", "Container may use all memory", "medium", field="limits: {memory: 256Mi}"),
    rule("missing-probe", "No readiness probe", "info", field="readinessProbe: …", persona="audit"),
    rule("privileged-container", "Container runs privileged", "critical", page=_PRIVILEGED_PAGE),
    rule("writable-root", "Root file system is writable", "medium", field="readOnlyRootFilesystem: true"),
)
