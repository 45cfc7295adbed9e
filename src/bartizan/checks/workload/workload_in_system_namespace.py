"""Workload runs in a namespace of Kubernetes itself.

What runs in `kube-system` shares a namespace with the parts that keep the cluster alive: its ServiceAccounts and
Secrets are the powerful ones, Pod Security is mostly not enforced there, and many admission policies leave it out.
A program taken over in it is next door to all of that.

**Looks at** workloads whose namespace is `kube-system`, `kube-public` or `kube-node-lease`, by what is written in
the object or handed in for objects without one. The parameter `namespaces` replaces the list. Pods that the
kubelet runs from files (`kubernetes.io/config.mirror`) are the control plane itself and pass.

**Instead** give the program a namespace of its own:

```yaml
metadata: {name: metrics-exporter, namespace: monitoring}
```

**Misses** that some programs belong there, such as network plug-ins and DNS: an exception names them once.
"""

from collections.abc import Iterable

import msgspec

from bartizan.checks.check import Check, Context, Fault
from bartizan.model.workload import PodView

_MIRROR = "kubernetes.io/config.mirror"


class Params(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which namespaces belong to Kubernetes."""

    namespaces: tuple[str, ...] = ("kube-system", "kube-public", "kube-node-lease")


def _find(pod: PodView, context: Context) -> Iterable[Fault]:
    if pod.resource.namespace not in context.params.namespaces:
        return
    if _MIRROR in pod.metadata.get("annotations", {}) and not pod.path:
        return
    yield Fault(
        ("metadata", "namespace"),
        f"runs in `{pod.resource.namespace}`, next to the parts that keep the cluster alive: give it a namespace "
        "of its own",
    )


check = Check(
    id="workload-in-system-namespace",
    judges="pod",
    severity="low",
    persona="strict",
    find=_find,
    params=Params,
    references=(
        "https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/#initial-namespaces",
    ),
)
