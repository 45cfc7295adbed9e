"""`hostUsers`: whether the pod's users are the node's."""

from bartizan.model.workload import PodView


def in_user_namespace(pod: PodView) -> bool:
    """Whether the pod asks for its own users, so that its root is nobody on the node."""
    return pod.spec.get("hostUsers") is False
