"""An object beside the table of its kind's fields (`data/kubernetes/fields.json`, described by its generator)."""

from typing import Any

from bartizan.model.path import Path
from bartizan.model.resource import Resource
from bartizan.model.shape import IllTyped, found

Definitions = list[dict[str, Any]]


def definition(resource: Resource, table: dict[str, Any]) -> int | None:
    """The number of the kind's fields; 0 where the group is built in and the table lacks the kind.

    None for a kind of another group: a custom resource.
    """
    group, _, version = resource.api_version.rpartition("/")
    versions = table["kinds"].get(group)
    if versions is None:
        return None if "." in group else 0
    number: int = versions.get(version, {}).get(resource.kind, 0)
    return number


class Walk:
    """Goes once over an object and notes what does not fit: fields without a name in the API, ill-typed ones.

    It looks at each key once and enters only what has fields of the API: labels, data and quoted documents
    cost nothing.
    """

    def __init__(self, definitions: Definitions) -> None:
        self.definitions = definitions
        self.unknown: list[Path] = []
        """The top of each subtree that the API server would drop."""
        self.ill_typed: list[IllTyped] = []

    def mapping(self, node: Any, number: int, path: Path) -> None:
        """A mapping with the fields of a definition."""
        if not isinstance(node, dict):
            self._refuse(node, "a mapping", path)
            return
        fields = self.definitions[number]
        for key, item in node.items():
            shape = fields.get(key)
            if shape == 0 or item is None:
                if shape is None:
                    self.unknown.append((*path, key))
            elif shape is None:
                self.unknown.append((*path, key))
            else:
                self._enter(item, shape, (*path, key))

    def _enter(self, item: Any, shape: Any, path: Path) -> None:
        if type(shape) is list:
            self._items(item, shape[0], path)
        elif type(shape) is dict:
            self._values(item, shape[""], path)
        elif shape > 0:
            self.mapping(item, shape, path)
        elif type(item) is dict:
            self.mapping(item, -shape, path)
        elif type(item) is list:
            for index, entry in enumerate(item):
                if type(entry) is dict:
                    self.mapping(entry, -shape, (*path, index))

    def _items(self, node: Any, number: int, path: Path) -> None:
        if type(node) is not list:
            self._refuse(node, "a list", path)
            return
        for index, item in enumerate(node):
            self.mapping(item, number, (*path, index))

    def _values(self, node: Any, shape: int, path: Path) -> None:
        if type(node) is not dict:
            self._refuse(node, "a mapping", path)
            return
        for key, item in node.items():
            if item is not None:
                self._enter(item, shape, (*path, key))

    def _refuse(self, node: Any, wanted: str, path: Path) -> None:
        self.ill_typed.append(IllTyped(path, wanted, found(node)))


def inside(shape: Any) -> int:
    """The definition that a shape leads to; 0 where it leads to none."""
    if type(shape) is list:
        return abs(int(shape[0]))
    return abs(int(shape[""] if type(shape) is dict else shape))


def way(definitions: Definitions, number: int, path: Path) -> list[tuple[Path, int]]:
    """Each place on the way to `path` that has fields of the API, from the root on, with its definition."""
    places: list[tuple[Path, int]] = [((), number)]
    free = False
    for depth, step in enumerate(path, 1):
        if isinstance(step, int) or free:
            places[-1] = (path[:depth], places[-1][1])
            free = False
            continue
        shape = definitions[places[-1][1]].get(step, 0)
        if not inside(shape):
            break
        places.append((path[:depth], inside(shape)))
        free = type(shape) is dict
    return places
