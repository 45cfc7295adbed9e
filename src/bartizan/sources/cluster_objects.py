"""Objects out of a cluster's answers, as the judges take them."""

from typing import Any, NoReturn

from bartizan.checks.check import CannotTell
from bartizan.kube.discovery import Served
from bartizan.model.resource import Origin, Resource
from bartizan.model.shape import Partial, found
from bartizan.model.unknown import Unknown

_ORIGIN = Origin("cluster")
_OUTLINE = ("type",)
"""Columns of `kubectl get secrets` that are fields of the object."""


class Outline(Partial):
    """An object of which only the metadata and the type were read: who asks for more is told that nobody looked."""

    __slots__ = ()

    def refuse(self) -> NoReturn:
        """Raise CannotTell."""
        message = f"the values of a {self.get('kind')} are never asked of a cluster: nobody looked at them"
        raise CannotTell(message, "not-evaluable-here")


def resource(served: Served, raw: Any, *, outline: bool) -> Resource | Unknown:
    """An item of a list, which leaves its own type out, as the object that it is."""
    metadata = raw.get("metadata") if isinstance(raw, dict) else None
    if not isinstance(metadata, dict):
        what = "metadata" if isinstance(raw, dict) else "it"
        value = metadata if isinstance(raw, dict) else raw
        return _refused(served, f"{what} should be a mapping but is {found(value)}")
    name, namespace = metadata.get("name"), metadata.get("namespace", "")
    if not (isinstance(name, str) and name and isinstance(namespace, str)):
        return _refused(served, "the API server gave an object without a name")
    metadata.pop("managedFields", None)
    typed = {"apiVersion": served.api_version, "kind": served.kind, **raw}
    if outline:
        kept = {key: raw[key] for key in _OUTLINE if key in raw}
        typed = Outline({"apiVersion": served.api_version, "kind": served.kind, **kept, "metadata": metadata})
    return Resource(
        raw=typed,
        origin=_ORIGIN,
        api_version=served.api_version,
        kind=served.kind,
        name=name,
        namespace=namespace,
        document=typed,
        outline=outline,
    )


def _refused(served: Served, message: str) -> Unknown:
    return Unknown(
        code="bad-object", message=f"an item of the list of {served.title}: {message}", subject=served.title
    )
