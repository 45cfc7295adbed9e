"""What an autoscaler says: which workload it scales, and how few pods it leaves."""

import msgspec

from bartizan.model.resource import GroupKind, Resource
from bartizan.model.shape import TEXT, WHOLE, Fields, conform

AUTOSCALERS = (GroupKind("autoscaling", "HorizontalPodAutoscaler"), GroupKind("keda.sh", "ScaledObject"))
LEAST_FIELD = {"HorizontalPodAutoscaler": ("minReplicas", 1), "ScaledObject": ("minReplicaCount", 0)}
"""The field that says how few pods an autoscaler leaves, and its default."""

_AUTOSCALER = Fields(
    {
        "spec": Fields(
            {
                "minReplicaCount": WHOLE,
                "minReplicas": WHOLE,
                "scaleTargetRef": Fields({"apiVersion": TEXT, "kind": TEXT, "name": TEXT}),
            }
        )
    }
)


class Scaling(msgspec.Struct, frozen=True):
    """What an autoscaler says."""

    autoscaler: str
    """Its title: `HorizontalPodAutoscaler web`."""
    api_version: str
    kind: str
    name: str
    least: int

    @property
    def group(self) -> str:
        """The API group of its target; empty where it is not written."""
        group, slash, _ = self.api_version.partition("/")
        return group if slash else ""


def scaling(autoscaler: Resource) -> Scaling:
    """What it scales, and how few pods it leaves. Raises IllTypedField."""
    spec = conform(autoscaler.raw, _AUTOSCALER, (), []).get("spec", {})
    target = spec.get("scaleTargetRef", {})
    field, default = LEAST_FIELD[autoscaler.kind]
    return Scaling(
        f"{autoscaler.kind} `{autoscaler.name}`",
        target.get("apiVersion", ""),
        target.get("kind", "Deployment"),
        target.get("name", ""),
        spec.get(field, default),
    )
