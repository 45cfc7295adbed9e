"""Label selectors, as the API server reads them, and two indexes that answer without trying every pair."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, Generic, TypeVar

from bartizan.model.shape import TEXT, TEXT_MAP, TEXTS, Fields, ListOf

SELECTOR = Fields(
    {
        "matchLabels": TEXT_MAP,
        "matchExpressions": ListOf(Fields({"key": TEXT, "operator": TEXT, "values": TEXTS})),
    }
)

Pair = tuple[str, str]
"""A label with its value."""
Place = Pair | str
"""A label with its value, or with any."""
Item = TypeVar("Item")


def selects(selector: dict[str, Any], labels: dict[str, str]) -> bool:
    """Whether the labels fit every part of the selector; an empty one selects everything."""
    for key, value in selector.get("matchLabels", {}).items():
        if labels.get(key) != value:
            return False
    return all(_fits(expression, labels) for expression in selector.get("matchExpressions", ()))


def is_empty(selector: dict[str, Any]) -> bool:
    """Whether it says nothing, and so selects everything."""
    return not selector.get("matchLabels") and not selector.get("matchExpressions")


def readable(selector: dict[str, Any]) -> dict[str, Any]:
    """The selector itself. Raises IllTypedField where any part of it cannot be read."""
    dict(selector.get("matchLabels", {}))
    for expression in selector.get("matchExpressions", ()):
        for field in ("key", "operator", "values"):
            expression.get(field)
    return selector


class LabelIndex(Generic[Item]):
    """Things with labels, found by a selector."""

    def __init__(self, items: Iterable[tuple[dict[str, str], Item]]) -> None:
        """Labels that cannot be read raise IllTypedField."""
        self._items = [(dict(labels), item) for labels, item in items]
        self._every = set(range(len(self._items)))
        self._having: defaultdict[Place, set[int]] = defaultdict(set)
        for position, (labels, _) in enumerate(self._items):
            for place in _places(labels):
                self._having[place].add(position)

    def selected(self, selector: dict[str, Any]) -> Iterator[Item]:
        """Those whose labels the selector fits: looked for among those with its rarest label, and no refused one."""
        shortlists: Iterator[set[int]] = (self._having.get(place, set()) for place in _needed(selector))
        candidates = min(shortlists, key=len, default=self._every)
        refused = [self._having[place] for place in _refusing(selector) if place in self._having]
        for position in sorted(candidates.difference(*refused) if refused else candidates):
            labels, item = self._items[position]
            if selects(selector, labels):
                yield item


class SelectorIndex(Generic[Item]):
    """Things with a selector, found by the labels that it fits."""

    def __init__(self, items: Iterable[tuple[dict[str, Any], Item]]) -> None:
        """Each selector is `readable`."""
        self._items = list(items)
        ways_of = [_ways_in(selector) for selector, _ in self._items]
        frequency = Counter(place for ways in ways_of for way in ways for place in way)
        self._fitting: defaultdict[Place, set[int]] = defaultdict(set)
        self._refusing: defaultdict[Place, set[int]] = defaultdict(set)
        self._others: set[int] = set()
        """Selectors that ask for no label, and so may fit things with any."""
        for position, ((selector, _), ways) in enumerate(zip(self._items, ways_of, strict=True)):
            if ways:
                for place in min(ways, key=lambda way: sum(frequency[place] for place in way)):
                    self._fitting[place].add(position)
            else:
                self._others.add(position)
            for place in _refusing(selector):
                self._refusing[place].add(position)

    def selecting(self, labels: dict[str, str]) -> Iterator[Item]:
        """Those whose selector fits the labels."""
        places = list(_places(labels))
        candidates = self._others.union(*(self._fitting[place] for place in places if place in self._fitting))
        candidates.difference_update(*(self._refusing[place] for place in places if place in self._refusing))
        for position in sorted(candidates):
            selector, item = self._items[position]
            if selects(selector, labels):
                yield item


def _places(labels: dict[str, str]) -> Iterator[Place]:
    for pair in labels.items():
        yield pair
        yield pair[0]


def _ways_in(selector: dict[str, Any]) -> list[tuple[Place, ...]]:
    """Sets of labels (or keys), of each of which a thing has exactly one if the selector fits it."""
    ways: list[tuple[Place, ...]] = [(pair,) for pair in selector.get("matchLabels", {}).items()]
    for expression in selector.get("matchExpressions", ()):
        key, values = expression.get("key", ""), expression.get("values", ())
        if expression.get("operator") == "In":
            ways.append(tuple((key, value) for value in dict.fromkeys(values)))
        elif expression.get("operator") == "Exists":
            ways.append((key,))
    return ways


def _needed(selector: dict[str, Any]) -> Iterator[Place]:
    """What nothing is selected without."""
    yield from (way[0] for way in _ways_in(selector) if len(way) == 1)


def _refusing(selector: dict[str, Any]) -> Iterator[Place]:
    """What nothing is selected with."""
    for expression in selector.get("matchExpressions", ()):
        key = expression.get("key", "")
        if expression.get("operator") == "NotIn":
            yield from ((key, value) for value in expression.get("values", ()))
        elif expression.get("operator") == "DoesNotExist":
            yield key


def _fits(expression: dict[str, Any], labels: dict[str, str]) -> bool:
    value = labels.get(expression.get("key", ""))
    match expression.get("operator"):
        case "In":
            return value is not None and value in expression.get("values", ())
        case "NotIn":
            return value is None or value not in expression.get("values", ())
        case "Exists":
            return value is not None
        case "DoesNotExist":
            return value is None
        case _:
            return False  # the API server refuses the object, which then selects nothing
