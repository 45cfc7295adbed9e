"""Container can write to its root file system.

An attacker inside can put tools beside the program, change the program or its configuration, and wait for
the next start of the process. Where only a few mounted places are writable, most of that ends.

**Looks at** `securityContext.readOnlyRootFilesystem` of every container: init, sidecar, regular and
ephemeral. Absent means writable. Pods that say they run on Windows pass: the field does not exist there.

**Instead** close the root file system and mount the places that the program writes to:

```yaml
containers:
  - name: web
    securityContext: {readOnlyRootFilesystem: true}
    volumeMounts: [{name: scratch, mountPath: /tmp}]
volumes:
  - name: scratch
    emptyDir: {sizeLimit: 64Mi}
```

There is no automatic fix: which places a program writes to shows only when it runs.

**Misses** programs that are kept on a writable volume and run from there.
"""

from collections.abc import Iterable

from bartizan.checks.check import Check, Context, Fault
from bartizan.model.workload import Container


def _find(container: Container, _context: Context) -> Iterable[Fault]:
    if container.security.get("readOnlyRootFilesystem") or container.pod.windows:
        return
    yield Fault(
        (*container.path, "securityContext", "readOnlyRootFilesystem"),
        f"container `{container.name}` can write to its root file system: set "
        "`securityContext.readOnlyRootFilesystem: true` and mount an `emptyDir` where the program writes",
    )


check = Check(
    id="writable-root-filesystem",
    judges="container",
    severity="medium",
    persona="strict",
    find=_find,
    references=("https://kubernetes.io/docs/tasks/configure-pod-container/security-context/",),
)
