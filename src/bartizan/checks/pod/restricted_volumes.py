"""Pod uses a volume type outside the core set.

Volumes such as `nfs`, `iscsi`, `cephfs` or `azureFile`, written into the pod, let whoever writes the pod
choose the server that the node mounts from, with the node's network and kernel. Behind a
PersistentVolumeClaim that choice is the administrator's.

**Looks at** `volumes[*]` of the pod. Allowed are `configMap`, `csi`, `downwardAPI`, `emptyDir`, `ephemeral`,
`image`, `persistentVolumeClaim`, `projected` and `secret`. A volume without any source passes: the API server
makes it an `emptyDir`. A source that Kubernetes does not know is reported as well: it is on no list of
allowed ones.

**Instead**

```yaml
volumes:
  - name: data
    persistentVolumeClaim:
      claimName: data
```

**Misses** what stands behind a claim or a CSI driver. A volume that names an allowed source beside another
one passes, as by the Pod Security Standards; the API server refuses such a volume.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from bartizan.checks.check import Check, Context, Fault
from bartizan.checks.pod._host_path import host_path
from bartizan.model.workload import PodView

_ALLOWED = frozenset(
    {
        "configMap",
        "csi",
        "downwardAPI",
        "emptyDir",
        "ephemeral",
        "image",
        "persistentVolumeClaim",
        "projected",
        "secret",
    }
)


def _find(pod: PodView, _context: Context) -> Iterable[Fault]:
    for index, volume in enumerate(pod.spec.get("volumes", ())):
        if _ALLOWED.isdisjoint(volume):
            yield from _sources(pod, index, volume)


def _sources(pod: PodView, index: int, volume: dict[str, Any]) -> Iterator[Fault]:
    for source in volume:
        if source == "hostPath":
            yield host_path(pod, index, volume)
        elif source != "name":
            yield Fault(
                (*pod.spec_path, "volumes", index, source),
                f"volume `{volume.get('name', '')}` is of the type `{source}`: "
                "use a `persistentVolumeClaim` or another core volume type",
                evidence=source,
            )


check = Check(
    id="restricted-volumes",
    judges="pod",
    severity="low",
    persona="strict",
    find=_find,
    level="restricted",
    standard="restrictedVolumes",
    overrides=("host-path-volumes",),
    references=("https://kubernetes.io/docs/concepts/security/pod-security-standards/",),
)
