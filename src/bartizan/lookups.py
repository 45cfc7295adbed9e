"""Look-ups over an inventory in memory, and the recorder that notes what a judge asked."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any, cast

import msgspec

from bartizan.checks.check import CannotTell, Reason
from bartizan.model.resource import GroupKind, Resource, Subject
from bartizan.model.result import Read
from bartizan.model.review import Derived, Glance, Lookups
from bartizan.model.unknown import Unknown


class Unread(msgspec.Struct, frozen=True, kw_only=True):
    """Objects that may well be there and were not read: whoever asks for them is told so, and no empty list."""

    group: str
    kind: str = ""
    """Empty for all kinds of the group."""
    read_in: str = ""
    """The one namespace in which they were read."""
    reason: Reason
    """The first where they are out of scope, the second where they could not be read."""
    message: str

    def concerns(self, namespace: str | None) -> bool:
        """Whether a question about this namespace, or about all, reaches beyond what was read.

        With one namespace in scope, a question about all is one about it: so it is for the objects of files.
        """
        return not self.read_in or namespace not in (None, self.read_in)


class Inventory:
    """The objects of one scan. What is not among them may exist elsewhere: that is an Unknown, not a no.

    Args:
        resources: The objects.
        unread: What is in the place that was read, and is not among the objects.
    """

    def __init__(self, resources: Iterable[Resource], unread: Iterable[Unread] = ()) -> None:
        self._resources = tuple(resources)
        self._unread = {(gap.group, gap.kind): gap for gap in unread}
        self._by_kind: dict[GroupKind, dict[str, list[Resource]]] | None = None

    def supplies(self, need: str) -> bool:
        """An inventory answers about its objects and nothing else."""
        return need == "inventory"

    def objects(self, group: str, kind: str, namespace: str | None = None) -> tuple[Resource, ...]:
        """All objects of a kind, in one namespace or everywhere. Raises CannotTell where they were not read."""
        if (gap := self._gap(group, kind)) is not None and gap.concerns(namespace):
            raise CannotTell(gap.message, gap.reason)
        return self._known(group, kind, namespace)

    def _known(self, group: str, kind: str, namespace: str | None) -> tuple[Resource, ...]:
        spaces = self._index().get(GroupKind(group, kind), {})
        if namespace is not None:
            return tuple(spaces.get(namespace, ()))
        return tuple(item for items in spaces.values() for item in items)

    def find(self, group: str, kind: str, namespace: str, name: str) -> Resource | Unknown:
        """The named object; one that is not here may stand in the cluster all the same."""
        for item in self._known(group, kind, namespace):
            if item.name == name:
                return item
        if (gap := self._gap(group, kind)) is not None and gap.concerns(namespace):
            return Unknown(code=gap.reason, message=gap.message)
        where = f"{namespace}/{name}" if namespace else name
        return Unknown(code="not-evaluable-here", message=f"{kind} {where} is not among the scanned objects")

    def glance(self, group: str, kind: str, glance: Glance) -> tuple[tuple[Subject, Any], ...]:
        """Of each object anew: they are in memory."""
        return tuple((item.subject, glance.of(item)) for item in self.objects(group, kind))

    def derive(self, make: Callable[[Lookups], Derived]) -> Derived:
        """Worked out each time: the recorder in front of it remembers."""
        return make(self)

    def _gap(self, group: str, kind: str) -> Unread | None:
        if not self._unread:
            return None
        return self._unread.get((group, kind)) or self._unread.get((group, ""))

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
        self._bundles: dict[Any, tuple[Read, ...]] = {}
        """The questions of what was derived, by what was: many ask for the same, and a bundle is noted whole."""
        self._joined: dict[tuple[Any, ...], tuple[Read, ...]] = {}
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

    def glance(self, group: str, kind: str, glance: Glance) -> tuple[tuple[Subject, Any], ...]:
        """As the look-ups behind it: as if for all objects of the kind."""
        self._reads[Read(group, kind, None)] = None
        return self._lookups.glance(group, kind, glance)

    def derive(self, make: Callable[[Lookups], Derived]) -> Derived:
        """Worked out once, or found once not to be; the questions that it took count for each who asks."""
        if make not in self._derived:
            self._derived[make] = self._work_out(make)
        value, self._bundles[make] = self._derived[make]
        if isinstance(value, CannotTell):
            raise CannotTell(str(value), value.reason)
        return cast("Derived", value)

    def _work_out(self, make: Callable[[Lookups], Any]) -> tuple[Any, tuple[Read, ...]]:
        asking = Recorder(self._lookups)
        try:
            value = make(asking)
        except CannotTell as error:
            value = error.with_traceback(None)
        except BaseException:
            self._reads.update(dict.fromkeys(asking.take()))
            raise
        return value, asking.take()

    def take(self) -> tuple[Read, ...]:
        """The questions since the last call, each once; the same tuple for the same things derived."""
        if not self._bundles:
            if not self._reads:
                return ()
            reads, self._reads = tuple(self._reads), {}
            return reads
        makes, self._bundles = tuple(self._bundles), {}
        joined = self._joined.get(makes)
        if joined is None:
            bundles = (self._derived[make][1] for make in makes)
            joined = self._joined[makes] = tuple(dict.fromkeys(read for reads in bundles for read in reads))
        if not self._reads:
            return joined
        reads, self._reads = tuple(dict.fromkeys((*self._reads, *joined))), {}
        return reads
