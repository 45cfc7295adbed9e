"""Pod does not ask for an AppArmor profile.

A node with AppArmor puts containers under the runtime's profile also unasked; a node without it runs them without a
word. A pod that asks for the profile is started only where it is in force.

**Looks at** `securityContext.appArmorProfile` of the pod and of every container, and at the older annotations
`container.apparmor.security.beta.kubernetes.io/…` of the pod: one of them must name
`RuntimeDefault` or a profile of your own for each container.
From Kubernetes 1.30 on, which brought the field. Pods with `os.name: windows` are left out.

**Instead** say it once for the pod:

```yaml
spec:
  securityContext:
    appArmorProfile:
      type: RuntimeDefault
```

There is no automatic fix: on nodes without AppArmor, such as those with SELinux, the pod would not start.

**Misses** what a profile allows; `unsafe-apparmor-profile` tells those that are switched off.
"""

from collections.abc import Iterable
from typing import Any

from bartizan.checks.check import Check, Context, Fault
from bartizan.checks.pod._security_contexts import context_path, listed
from bartizan.model.workload import Container, PodView

_ANNOTATION = "container.apparmor.security.beta.kubernetes.io/"
_TYPES = frozenset({"RuntimeDefault", "Localhost"})


def _find(pod: PodView, _context: Context) -> Iterable[Fault]:
    if pod.windows:
        return
    inherited = pod.security.get("appArmorProfile", {})
    annotations = pod.metadata.get("annotations", {})
    silent = [c for c in pod.containers if not (_has_profile(c, inherited) or _is_annotated(c, annotations))]
    if silent:
        yield Fault(
            (*context_path(pod), "appArmorProfile"),
            f"no AppArmor profile for {listed(silent)}: set `securityContext.appArmorProfile.type: RuntimeDefault` "
            "on the pod, if its nodes have AppArmor",
            container=silent[0].name if len(silent) == 1 else "",
        )


def _has_profile(container: Container, inherited: dict[str, Any]) -> bool:
    return container.security.get("appArmorProfile", inherited).get("type") in _TYPES


def _is_annotated(container: Container, annotations: dict[str, str]) -> bool:
    value = annotations.get(_ANNOTATION + container.name, "")
    return value == "runtime/default" or value.startswith("localhost/")


check = Check(
    id="missing-apparmor-profile",
    judges="pod",
    severity="info",
    persona="audit",
    rules=((30, _find),),
    references=("https://kubernetes.io/docs/tutorials/security/apparmor/",),
)
