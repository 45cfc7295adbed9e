"""Which kinds of a cluster are read: all that can be listed, but for those that say nothing about how it is set up."""

from collections.abc import Iterable

from bartizan.kube.discovery import Served
from bartizan.model.resource import GroupKind

STATE = frozenset(
    {
        GroupKind("", "ComponentStatus"),
        GroupKind("", "Endpoints"),
        GroupKind("", "Event"),
        GroupKind("apps", "ControllerRevision"),
        GroupKind("coordination.k8s.io", "Lease"),
        GroupKind("coordination.k8s.io", "LeaseCandidate"),
        GroupKind("discovery.k8s.io", "EndpointSlice"),
        GroupKind("events.k8s.io", "Event"),
        GroupKind("networking.k8s.io", "IPAddress"),
        GroupKind("resource.k8s.io", "ResourceSlice"),
        GroupKind("storage.k8s.io", "CSINode"),
        GroupKind("storage.k8s.io", "CSIStorageCapacity"),
    }
)
"""What the cluster notes about itself: many, always changing, and made from objects that are read."""

_REPORTS = frozenset(
    {
        "custom.metrics.k8s.io",
        "external.metrics.k8s.io",
        "internal.apiserver.k8s.io",
        "metrics.k8s.io",
        "openreports.io",
        "reports.kyverno.io",
        "wgpolicyk8s.io",
    }
)
"""Groups of measurements and of other tools' reports."""

_OLD_NAMES = "extensions"
"""The group in which a server older than 1.22 shows its ingresses a second time."""


def is_left_out(served: Served) -> bool:
    """Whether objects of the kind are never read."""
    return served.group in _REPORTS or GroupKind(served.group, served.kind) in STATE


def in_order(kinds: Iterable[Served]) -> list[Served]:
    """Kubernetes' own kinds before others, old names last: of an object that shows twice, the first counts."""
    return sorted(kinds, key=lambda served: (_rank(served.group), served))


def matches(served: Served, name: str) -> bool:
    """Whether somebody calls the kind so: `secrets`, `Secret`, `deployments.apps`, as for kubectl."""
    names = {served.plural, served.kind.lower(), served.title, f"{served.kind.lower()}.{served.group}"}
    return name.lower() in names


def _rank(group: str) -> int:
    if group == _OLD_NAMES:
        return 2
    return 0 if "." not in group or group.endswith(".k8s.io") else 1
