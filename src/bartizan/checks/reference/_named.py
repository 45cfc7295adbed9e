"""Scanned objects of one kind, by namespace and name; and when their absence says something."""

from collections import defaultdict
from collections.abc import Iterable

import msgspec

from bartizan.model.resource import Resource
from bartizan.model.review import Lookups


class Params(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How much was scanned."""

    complete: bool = False
    """Whether the scanned objects are all there is: then what is not among them is missing, even where nothing of
    its kind was scanned in the namespace."""


class Named:
    """Objects of one kind."""

    def __init__(self, resources: Iterable[Resource]) -> None:
        self._spaces: defaultdict[str, defaultdict[str, list[Resource]]] = defaultdict(lambda: defaultdict(list))
        self._anywhere: defaultdict[str, list[Resource]] = defaultdict(list)
        for resource in resources:
            self._spaces[resource.namespace][resource.name].append(resource)
            self._anywhere[resource.name].append(resource)

    def known(self, namespace: str) -> bool:
        """Whether any of the namespace was scanned, so that the absence of another says something."""
        return namespace in self._spaces

    def find(self, namespace: str, name: str) -> list[Resource]:
        """Those with the name: more than one where several variants were scanned.

        Charts write the namespace into some of their objects only: where it is not written, on either side, and
        nothing of the very namespace fits, the name alone decides.
        """
        if namespace in self._spaces and name in self._spaces[namespace]:
            return self._spaces[namespace][name]
        perhaps = self._spaces.get("") if namespace else self._anywhere
        return perhaps.get(name, []) if perhaps else []


def services(lookups: Lookups) -> Named:
    """For `Lookups.derive`."""
    return Named(lookups.objects("", "Service"))


def service_accounts(lookups: Lookups) -> Named:
    """For `Lookups.derive`."""
    return Named(lookups.objects("", "ServiceAccount"))
