"""How many pods a workload keeps: its own `replicas`, or what an autoscaler says."""

from collections.abc import Iterable

from bartizan.checks.check import CannotTell, Context
from bartizan.model.autoscaler import AUTOSCALERS, Scaling, scaling
from bartizan.model.resource import GroupKind, Resource
from bartizan.model.review import Lookups
from bartizan.model.shape import WHOLE, Fields, IllTypedField, conform

SCALED = (
    GroupKind("apps", "Deployment"),
    GroupKind("apps", "StatefulSet"),
    GroupKind("extensions", "Deployment"),
    GroupKind("argoproj.io", "Rollout"),
)
"""Kinds that keep a number of equal pods."""
_WORKLOAD = Fields({"spec": Fields({"replicas": WHOLE})})


class Autoscalers:
    """The autoscalers of the scanned objects, by what they scale."""

    def __init__(self, resources: Iterable[Resource]) -> None:
        self.broken: dict[str, str] = {}
        """Why some autoscaler of a namespace cannot be read."""
        self._of: dict[tuple[str, str, str], Scaling] = {}
        for resource in resources:
            try:
                found = scaling(resource)
            except IllTypedField as error:
                self.broken.setdefault(resource.namespace, f"{resource.kind} `{resource.name}`: {error}")
            else:
                self._of.setdefault((resource.namespace, found.kind, found.name), found)

    def of(self, workload: Resource) -> Scaling | None:
        """What scales the workload; None where nothing does. Raises CannotTell where one cannot be read."""
        found = self._of.get((workload.namespace, workload.kind, workload.name))
        if found is None and workload.namespace in self.broken:
            raise CannotTell(self.broken[workload.namespace], "lookup-failed")
        return found


def autoscalers(lookups: Lookups) -> Autoscalers:
    """For `Lookups.derive`."""
    return Autoscalers(item for kind in AUTOSCALERS for item in lookups.objects(kind.group, kind.kind))


def replicas(workload: Resource) -> int | None:
    """`spec.replicas` as written; None where it is not. Raises IllTypedField."""
    written: int | None = conform(workload.raw, _WORKLOAD, (), []).get("spec", {}).get("replicas")
    return written


def least_pods(workload: Resource, context: Context) -> int:
    """How few pods the workload keeps: what an autoscaler of it leaves, else its `replicas`, else one."""
    scaled = context.lookups.derive(autoscalers).of(workload)
    if scaled is not None:
        return scaled.least
    written = replicas(workload)
    return 1 if written is None else written
