"""AppArmor is switched off.

On nodes that have AppArmor, every container runs under a default profile that keeps it from mounting, from
writing to kernel settings and from tracing processes outside. `Unconfined` takes that away.

**Looks at** `securityContext.appArmorProfile.type` of the pod and of every container (allowed:
`RuntimeDefault`, `Localhost`), and at the older annotations
`container.apparmor.security.beta.kubernetes.io/…` of the pod (allowed: `runtime/default`, `localhost/…`,
empty). Absent is the default profile.

**Instead** leave the field out, or name a profile of your own that is loaded on the nodes:

```yaml
securityContext:
  appArmorProfile:
    type: Localhost
    localhostProfile: shop-web
```

**Misses** what a `Localhost` profile allows, and whether the nodes have AppArmor at all.
"""

from collections.abc import Iterable, Iterator

from bartizan.checks.check import Check, Context, Fault
from bartizan.checks.pod._security_contexts import called, context_path, security_contexts
from bartizan.model.finding import Op
from bartizan.model.workload import PodView

_TYPES = frozenset({"RuntimeDefault", "Localhost"})
_ANNOTATION = "container.apparmor.security.beta.kubernetes.io/"


def _find(pod: PodView, _context: Context) -> Iterable[Fault]:
    for holder, security in security_contexts(pod):
        profile = security.get("appArmorProfile")
        if profile is not None and profile.get("type") not in _TYPES:
            path = (*context_path(holder), "appArmorProfile")
            yield Fault(
                (*path, "type"),
                f"{called(holder)} runs under the AppArmor profile `{profile.get('type', '')}`: "
                "remove `securityContext.appArmorProfile`, or name a `Localhost` profile",
                fix=(Op("remove", path),),
            )
    yield from _annotations(pod)


def _annotations(pod: PodView) -> Iterator[Fault]:
    annotations = pod.metadata.get("annotations", {})
    for key in annotations:
        if key.startswith(_ANNOTATION) and not _allowed(annotations[key]):
            path = (*pod.path, "metadata", "annotations", key)
            yield Fault(
                path,
                f"the annotation `{key}` sets the AppArmor profile `{annotations[key]}`: "
                "remove it, or name `runtime/default` or a `localhost/` profile",
                fix=(Op("remove", path),),
            )


def _allowed(value: str) -> bool:
    return value in ("", "runtime/default") or value.startswith("localhost/")


check = Check(
    id="unsafe-apparmor-profile",
    judges="pod",
    severity="medium",
    find=_find,
    level="baseline",
    standard="appArmorProfile",
    references=(
        "https://kubernetes.io/docs/concepts/security/pod-security-standards/",
        "https://kubernetes.io/docs/tutorials/security/apparmor/",
    ),
)
