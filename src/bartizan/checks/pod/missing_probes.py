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
from bartizan.model.resource import GroupKind
from bartizan.model.workload import Container

_RUN_ON = frozenset(
    {
        GroupKind("", "Pod"),
        GroupKind("", "ReplicationController"),
        GroupKind("apps", "Deployment"),
        GroupKind("apps", "StatefulSet"),
        GroupKind("apps", "DaemonSet"),
        GroupKind("apps", "ReplicaSet"),
        GroupKind("extensions", "Deployment"),
        GroupKind("extensions", "DaemonSet"),
        GroupKind("extensions", "ReplicaSet"),
        GroupKind("argoproj.io", "Rollout"),
        GroupKind("apps.openshift.io", "DeploymentConfig"),
    }
)


def _find(container: Container, _context: Context) -> Iterable[Fault]:
    raw = container.raw
    if (
        container.role != "regular"
        or raw.get("readinessProbe")
        or raw.get("livenessProbe")
        or raw.get("startupProbe")
    ):
        return
    pod = container.pod
    if pod.resource.group_kind in _RUN_ON and pod.spec.get("restartPolicy", "Always") == "Always":
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
    references=(
        "https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/",
    ),
)
