"""SELinux label weakens the container's confinement.

On nodes with SELinux the label decides what a container may touch. Another type than the ones made for
containers, such as `spc_t`, lets it touch the node; a user or role of one's own leads to rights that nobody
has looked at.

**Looks at** `securityContext.seLinuxOptions` of the pod and of every container. `type` may be empty,
`container_t`, `container_init_t`, `container_kvm_t` or, from Kubernetes 1.31 on, `container_engine_t`; `user`
and `role` must be empty. `level` is free.

**Instead** leave `type`, `user` and `role` out; the runtime then gives `container_t`:

```yaml
securityContext:
  seLinuxOptions:
    level: "s0:c123,c456"
```

**Misses** what the node's policy makes of the label, and whether it has SELinux at all.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from bartizan.checks.check import Check, Context, Fault
from bartizan.checks.pod._security_contexts import Holder, called, context_path, security_contexts
from bartizan.model.finding import Op
from bartizan.model.workload import PodView

_TYPES = frozenset({"", "container_t", "container_init_t", "container_kvm_t"})
_TYPES_31 = _TYPES | {"container_engine_t"}


def _find(pod: PodView, _context: Context) -> Iterable[Fault]:
    return _among(pod, _TYPES)


def _find_31(pod: PodView, _context: Context) -> Iterable[Fault]:
    return _among(pod, _TYPES_31)


def _among(pod: PodView, types: frozenset[str]) -> Iterator[Fault]:
    for holder, security in security_contexts(pod):
        options = security.get("seLinuxOptions")
        if options is not None:
            yield from _options(holder, options, types)


def _options(holder: Holder, options: dict[str, Any], types: frozenset[str]) -> Iterator[Fault]:
    for field in ("type", "user", "role"):
        value = options.get(field, "")
        if value not in (types if field == "type" else ("",)):
            path = (*context_path(holder), "seLinuxOptions", field)
            yield Fault(
                path,
                f"{called(holder)} sets the SELinux {field} `{value}`: "
                f"remove `securityContext.seLinuxOptions.{field}`",
                fix=(Op("remove", path),),
                severity="high" if value == "spc_t" else None,
            )


check = Check(
    id="unsafe-selinux-options",
    judges="pod",
    severity="medium",
    rules=((0, _find), (31, _find_31)),
    level="baseline",
    standard="seLinuxOptions",
    references=("https://kubernetes.io/docs/concepts/security/pod-security-standards/",),
)
