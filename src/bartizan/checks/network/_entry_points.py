"""Which pods can be reached from outside the cluster, and by what: an index made once a run.

A way in is a Service with an address of its own (LoadBalancer, NodePort, external addresses), or what sends
requests to a Service: an Ingress, a route of the Gateway API, of Istio, OpenShift, Traefik or Contour.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, Literal

import msgspec

from bartizan.checks.check import CannotTell
from bartizan.checks.network._load_balancer import SERVICE, is_internal
from bartizan.checks.network._routes import BACKENDS, Backend
from bartizan.model.resource import Resource
from bartizan.model.review import Lookups
from bartizan.model.selector import SelectorIndex
from bartizan.model.shape import IllTypedField, conform

_ServiceKey = tuple[str, str]
"""Namespace and name."""


class Entry(msgspec.Struct, frozen=True):
    """A way in to a pod."""

    service: str
    """The Service that selects the pod."""
    way: str
    """What makes the Service reachable: `Ingress \\`web\\``, or its own type."""
    login: bool
    """Whether what stands in front asks who is there."""


class _Doubt(msgspec.Struct, frozen=True):
    """Why there may be one more way in."""

    message: str
    reason: Literal["not-evaluable-here", "lookup-failed"] = "lookup-failed"


class EntryPoints(msgspec.Struct, frozen=True, eq=False):
    """The ways in, by the namespace and labels of a pod."""

    spaces: dict[str, SelectorIndex[tuple[Entry, ...]]]
    doubts: dict[str, _Doubt]
    """What cannot be read, by namespace; under `""` also what may lead into any namespace."""

    def to(self, namespace: str, labels: dict[str, str]) -> list[Entry]:
        """Every way in to a pod of the namespace with these labels."""
        index = self.spaces.get(namespace)
        return [] if index is None else [entry for entries in index.selecting(labels) for entry in entries]

    def must_be_all(self, namespace: str) -> None:
        """Raise CannotTell where there may be one more way in to the namespace."""
        doubt = self.doubts.get(namespace) or self.doubts.get("")
        if doubt is not None:
            raise CannotTell(doubt.message, doubt.reason)


def entry_points(lookups: Lookups) -> EntryPoints:
    """For `Lookups.derive`."""
    doubts: dict[str, _Doubt] = {}
    routed = _routed(lookups, doubts)
    spaces: defaultdict[str, list[tuple[dict[str, Any], tuple[Entry, ...]]]] = defaultdict(list)
    for service in lookups.objects("", "Service"):
        try:
            labels, entries = _entries(service, routed.get((service.namespace, service.name), ()))
        except IllTypedField as error:
            doubts.setdefault(service.namespace, _Doubt(f"Service `{service.name}` cannot be read: {error}"))
            continue
        if labels and entries:  # without a selector somebody else says which pods are meant
            spaces[service.namespace].append(({"matchLabels": labels}, entries))
    return EntryPoints({space: SelectorIndex(entries) for space, entries in spaces.items()}, doubts)


def _routed(lookups: Lookups, doubts: dict[str, _Doubt]) -> dict[_ServiceKey, list[Backend]]:
    """What sends requests to which Service."""
    found: defaultdict[_ServiceKey, list[Backend]] = defaultdict(list)
    for (group, kind), backends in BACKENDS.items():
        try:
            resources = lookups.objects(group, kind)
        except CannotTell as error:
            doubts.setdefault("", _Doubt(str(error), error.reason))
            continue
        for resource in resources:
            try:
                for backend in backends(resource):
                    found[backend.namespace, backend.service].append(backend)
            except IllTypedField as error:
                place = resource.namespace if kind == "Ingress" else ""
                doubts.setdefault(place, _Doubt(f"{kind} `{resource.name}` cannot be read: {error}"))
    return found


def _entries(service: Resource, routed: Iterable[Backend]) -> tuple[dict[str, str], tuple[Entry, ...]]:
    raw = conform(service.raw, SERVICE, (), [])
    spec = raw.get("spec", {})
    own = (Entry(service.name, way, login=False) for way in _own_ways(spec, raw.get("metadata", {})))
    through = (Entry(service.name, backend.way, backend.login) for backend in routed)
    return dict(spec.get("selector", {})), tuple(dict.fromkeys((*own, *through)))


def _own_ways(spec: dict[str, Any], metadata: dict[str, Any]) -> Iterator[str]:
    kind = spec.get("type", "ClusterIP")
    if kind == "NodePort" or (kind == "LoadBalancer" and not is_internal(metadata.get("annotations", {}))):
        yield f"`type: {kind}`"
    if spec.get("externalIPs"):
        yield "`externalIPs`"
