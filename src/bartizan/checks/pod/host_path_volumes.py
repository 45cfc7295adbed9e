"""Pod mounts a path of the node.

A `hostPath` volume is a door to the node's disk. Through a writable `/`, `/etc` or `/var/lib/kubelet` a
program becomes root on the node; even a read-only one may hold other pods' secrets and tokens. The pod also
depends on what lies on the node it happens to land on.

**Looks at** `volumes[*].hostPath` of the pod. Writable paths that make up the node weigh most, read-only
mounts weigh less, the node's time zone weighs least. What `container-runtime-socket` or `sensitive-host-path`
says of the same volume is told once, by them.

**Instead** ask the cluster for the volume:

```yaml
volumes:
  - name: data
    persistentVolumeClaim:
      claimName: data
```

Logs go to standard output, not to a directory of the node. Node agents that do need a `hostPath` mount it
with `readOnly: true`, as deep as they can.

**Misses** PersistentVolumes of the kinds `hostPath` and `local` behind a claim.
"""

from collections.abc import Iterable

from bartizan.checks.check import Check, Context, Fault
from bartizan.checks.pod._host_path import host_path, host_paths
from bartizan.model.workload import PodView


def _find(pod: PodView, _context: Context) -> Iterable[Fault]:
    for index, volume, _ in host_paths(pod):
        yield host_path(pod, index, volume)


check = Check(
    id="host-path-volumes",
    judges="pod",
    severity="high",
    find=_find,
    level="baseline",
    standard="hostPathVolumes",
    overrides=("container-runtime-socket", "sensitive-host-path"),
    references=(
        "https://kubernetes.io/docs/concepts/security/pod-security-standards/",
        "https://kubernetes.io/docs/concepts/storage/volumes/#hostpath",
    ),
)
