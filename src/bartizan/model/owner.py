"""Objects that a controller made, folded to their top owner."""

from collections.abc import Iterable, Mapping
from typing import Any

from bartizan.model.resource import Resource, Subject

_DEPTH = 8


class Owners:
    """Who made what, among some objects."""

    def __init__(self, resources: Iterable[Resource]) -> None:
        self._controllers: dict[Subject, Subject] = {}
        for resource in resources:
            owner = controller(resource)
            if owner is not None:
                self._controllers[resource.subject] = owner

    def top(self, resource: Resource) -> Subject | None:
        """The top owner, or None for an object that no controller made.

        The chain is followed as far as the objects at hand tell it: a Pod's ReplicaSet is named by the Pod
        itself, the ReplicaSet's Deployment only by the ReplicaSet.
        """
        if not self._controllers:
            return None
        owner = self._controllers.get(resource.subject)
        for _ in range(_DEPTH):
            above = self._controllers.get(owner) if owner is not None else None
            if above is None or above == resource.subject:
                return owner
            owner = above
        return owner


def controller(resource: Resource) -> Subject | None:
    """What the object names as its controller, if anything."""
    references = resource.metadata.get("ownerReferences")
    for reference in references if isinstance(references, list) else ():
        if isinstance(reference, dict) and reference.get("controller") is True:
            return _subject(reference, resource.namespace)
    return None


def _subject(reference: Mapping[str, Any], namespace: str) -> Subject | None:
    fields = tuple(reference.get(field) for field in ("apiVersion", "kind", "name"))
    if not all(isinstance(field, str) and field for field in fields):
        return None
    api_version, kind, name = fields
    # A Node owns its mirror pods and is in no namespace; every other controller shares its objects' namespace.
    return Subject(str(api_version), str(kind), "" if kind == "Node" else namespace, str(name))
