"""Pod mounts the container runtime's socket.

Whoever can talk to containerd, CRI-O or Docker through its socket can start a container with any rights on
the node, and so owns the node. A read-only mount does not help: it only keeps the socket's file in place,
requests still go through.

**Looks at** `hostPath` volumes that are the socket of a known runtime, or a folder that holds one: `/`,
`/run`, `/var/run`, `/run/containerd` and the like, also as a named pipe on Windows.

**Instead** ask the kubelet or the API server for what you need to know. To build images, use a builder that
needs no daemon. To read logs, mount their folder alone:

```yaml
volumes:
  - name: logs
    hostPath: {path: /var/log/pods, type: Directory}
```

**Misses** a runtime that keeps its socket under a name and in a folder of its own, and PersistentVolumes of
type `hostPath` or `local`.
"""

from collections.abc import Iterable

from bartizan.checks.check import Check, Context, Fault
from bartizan.checks.pod._runtime_socket import reaches
from bartizan.model.workload import PodView


def _find(pod: PodView, _context: Context) -> Iterable[Fault]:
    for index, volume in enumerate(pod.spec.get("volumes", ())):
        path = volume["hostPath"].get("path") if "hostPath" in volume else None
        if path and (how := reaches(path)):
            yield Fault(
                (*pod.spec_path, "volumes", index, "hostPath"),
                f"volume `{volume.get('name', '')}` mounts `{path}`, {how}: whoever uses it starts root "
                "processes on the node. Remove the volume, or mount only the files that the program reads",
                evidence=path,
            )


check = Check(
    id="container-runtime-socket",
    judges="pod",
    severity="critical",
    find=_find,
    references=("https://kubernetes.io/docs/concepts/storage/volumes/",),
)
