"""Pod mounts a path that holds the node.

Some paths of a node are more than files. Whoever reads `/var/lib/kubelet` has the Secrets and tokens of all
pods that run there; whoever writes to `/etc` or to the folder of the network plug-ins has root on the node as
soon as it next starts something.

**Looks at** `volumes[*].hostPath.path` of the pod, with `..`, doubled slashes and `/var/run` resolved. It knows
where nodes keep keys, credentials, Secrets, programs and settings: in `/etc/kubernetes`, `/root`, `/home`,
`/proc`, `/dev`, `/var/lib/kubelet`, `/var/lib/etcd`, in the stores of container runtimes, in folders such as
`.aws` and `.ssh`. A folder above such a place counts as well. Writable mounts weigh `critical`, read-only ones
`high`; of programs and settings only writable mounts count.

**Instead** mount only what the program reads, as deep as you can, and read-only:

```yaml
containers:
  - name: collector
    volumeMounts: [{name: logs, mountPath: /var/log/pods, readOnly: true}]
volumes:
  - name: logs
    hostPath: {path: /var/log/pods, type: Directory}
```

**Misses** links on the node that lead from a harmless path to one of these, paths of Windows nodes, and
PersistentVolumes of the kinds `hostPath` and `local`. All other host paths are told by `host-path-volumes`,
sockets of container runtimes by `container-runtime-socket`.
"""

from collections.abc import Iterable

from bartizan.checks.check import Check, Context, Fault
from bartizan.checks.pod._host_path import host_paths, writable
from bartizan.checks.pod._node_places import clean, held
from bartizan.model.workload import PodView


def _find(pod: PodView, _context: Context) -> Iterable[Fault]:
    for index, volume, path in host_paths(pod):
        name: str = volume.get("name", "")
        can_write = writable(pod, name)
        if what := held(clean(path), writable=can_write):
            yield Fault(
                (*pod.spec_path, "volumes", index, "hostPath"),
                f"volume `{name}` {'lets the pod write to' if can_write else 'shows the pod'} the node's `{path}`, "
                f"with {what}: remove it, or mount only the files that the program reads, with `readOnly: true`",
                evidence=path,
                severity="critical" if can_write else "high",
            )


check = Check(
    id="sensitive-host-path",
    judges="pod",
    severity="high",
    find=_find,
    overrides=("container-runtime-socket",),
    references=("https://kubernetes.io/docs/concepts/storage/volumes/#hostpath",),
)
