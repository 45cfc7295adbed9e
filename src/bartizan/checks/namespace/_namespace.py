"""What the checks of Namespaces share: labels, and which namespaces are Kubernetes' own."""

from bartizan.model.pod_shape import METADATA
from bartizan.model.resource import GroupKind, Resource
from bartizan.model.shape import Fields, conform

NAMESPACES = (GroupKind("", "Namespace"),)
PREFIX = "pod-security.kubernetes.io/"
ENFORCE = PREFIX + "enforce"
LEVELS = ("privileged", "baseline", "restricted")
"""Levels of the Pod Security Standards, loosest first."""
REFERENCE = "https://kubernetes.io/docs/concepts/security/pod-security-admission/"
_SHAPE = Fields({"metadata": METADATA})
_SYSTEM = frozenset({"kube-system", "kube-public", "kube-node-lease"})


def labels(namespace: Resource) -> dict[str, str]:
    """The labels of a Namespace. Raises IllTypedField where they cannot be read."""
    found: dict[str, str] = conform(namespace.raw, _SHAPE, (), []).get("metadata", {}).get("labels", {})
    return found


def is_system(namespace: Resource) -> bool:
    """Whether Kubernetes makes the namespace for itself."""
    labels(namespace)  # an object that cannot be read is not told by its name
    return namespace.name in _SYSTEM
