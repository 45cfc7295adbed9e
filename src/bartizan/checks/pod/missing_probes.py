"""Container has no probe.

Without a probe Kubernetes takes a started process for a working one: it sends requests to a program that
is still loading, and leaves one that hangs in place. This is about reliability, hence an opinion for those
who ask for it (persona `audit`).

**Looks at** regular containers of workloads that are meant to run on: Deployment, StatefulSet, DaemonSet,
ReplicaSet, ReplicationController, Rollout, DeploymentConfig and Pods that always restart. One of
`readinessProbe`, `livenessProbe` and `startupProbe` is enough. Jobs, init containers, sidecars and
ephemeral containers are left alone.

**Instead** let the program say when it can serve:

```yaml
readinessProbe:
  httpGet: {path: /ready, port: http}
```

**Misses** probes that always succeed, and kinds it does not know, whose controller may add probes itself.
"""

from collections.abc import Iterable

from bartizan.checks.check import Check, Context, Fault
from bartizan.checks.pod._probes import REFERENCE, has_probe, runs_on
from bartizan.model.workload import Container


def _find(container: Container, _context: Context) -> Iterable[Fault]:
    if not has_probe(container) and runs_on(container):
        yield Fault(
            (*container.path, "readinessProbe"),
            f"container `{container.name}` has no probe, so Kubernetes cannot tell when it serves or hangs: "
            "add a `readinessProbe` that asks the program itself",
        )


check = Check(
    id="missing-probes",
    judges="container",
    severity="info",
    persona="audit",
    find=_find,
    references=(REFERENCE,),
)
