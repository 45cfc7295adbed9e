"""Look-ups over an inventory in memory, and the recorder that notes what a judge asked."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any, cast

from bartizan.model.resource import GroupKind, Resource
from bartizan.model.result import Read
from bartizan.model.review import Derived, Lookups
from bartizan.model.unknown import Unknown


class Inventory:
    """The objects of one scan. What is not among them may exist elsewhere: that is an Unknown, not a no."""

    def __init__(self, resources: Iterable[Resource]) -> None:
        self._resources = tuple(resources)
        self._by_kind: dict[GroupKind, dict[str, list[Resource]]] | None = None

    def supplies(self, need: str) -> bool:
        """An inventory answers about its objects and nothing else."""
        return need == "inventory"

    def objects(self, group: str, kind: str, namespace: str | None = None) -> tuple[Resource, ...]:
        """All objects of a kind, in one namespace or everywhere."""
        spaces = self._index().get(GroupKind(group, kind), {})
        if namespace is not None:
            return tuple(spaces.get(namespace, ()))
        return tuple(item for items in spaces.values() for item in items)

    def find(self, group: str, kind: str, namespace: str, name: str) -> Resource | Unknown:
        """The named object; one that is not here may stand in the cluster all the same."""
        for item in self.objects(group, kind, namespace):
            if item.name == name:
                return item
        where = f"{namespace}/{name}" if namespace else name
        return Unknown(code="not-evaluable-here", message=f"{kind} {where} is not among the scanned objects")

    def derive(self, make: Callable[[Lookups], Derived]) -> Derived:
        """Worked out each time: the recorder in front of it remembers."""
        return make(self)

    def _index(self) -> dict[GroupKind, dict[str, list[Resource]]]:
        if self._by_kind is None:
            self._by_kind = defaultdict(lambda: defaultdict(list))
            for resource in self._resources:
                self._by_kind[resource.group_kind][resource.namespace].append(resource)
        return self._by_kind


class Recorder:
    """Look-ups that note each question, for `Result.reads`."""

    def __init__(self, lookups: Lookups) -> None:
        self._lookups = lookups
        self._reads: dict[Read, None] = {}
        self._derived: dict[Any, tuple[Any, tuple[Read, ...]]] = {}

    def supplies(self, need: str) -> bool:
        """As the look-ups behind it."""
        return self._lookups.supplies(need)

    def objects(self, group: str, kind: str, namespace: str | None = None) -> tuple[Resource, ...]:
        """As the look-ups behind it."""
        self._reads[Read(group, kind, namespace)] = None
        return self._lookups.objects(group, kind, namespace)

    def find(self, group: str, kind: str, namespace: str, name: str) -> Resource | Unknown:
        """As the look-ups behind it."""
        self._reads[Read(group, kind, namespace, name)] = None
        return self._lookups.find(group, kind, namespace, name)

    def derive(self, make: Callable[[Lookups], Derived]) -> Derived:
        """Worked out once; the questions that it took count for each who asks."""
        if make not in self._derived:
            asking = Recorder(self._lookups)
            try:
                value = make(asking)
            finally:
                reads = asking.take()
                self._reads.update(dict.fromkeys(reads))
            self._derived[make] = value, reads
        value, reads = self._derived[make]
        self._reads.update(dict.fromkeys(reads))
        return cast("Derived", value)

    def take(self) -> tuple[Read, ...]:
        """The questions since the last call, each once, in the order asked."""
        if not self._reads:
            return ()
        reads, self._reads = tuple(self._reads), {}
        return reads
