"""Which containers are meant to run on, and have probes worth asking for."""

from bartizan.model.resource import GroupKind
from bartizan.model.workload import Container

PROBES = ("readinessProbe", "livenessProbe", "startupProbe")
REFERENCE = "https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/"
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


def runs_on(container: Container) -> bool:
    """Whether it is a regular container of a workload that Kubernetes keeps running."""
    pod = container.pod
    return (
        container.role == "regular"
        and pod.resource.group_kind in _RUN_ON
        and bool(pod.spec.get("restartPolicy", "Always") == "Always")
    )


def has_probe(container: Container) -> bool:
    """Whether it has any."""
    raw = container.raw
    return bool(raw.get("readinessProbe") or raw.get("livenessProbe") or raw.get("startupProbe"))
