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
        self._all = [(dict(labels), item) for labels, item in items]
        self._by_pair: defaultdict[Pair, list[tuple[dict[str, str], Item]]] = defaultdict(list)
        for entry in self._all:
            for pair in entry[0].items():
                self._by_pair[pair].append(entry)

    def selected(self, selector: dict[str, Any]) -> Iterator[Item]:
        """Those whose labels the selector fits: looked for among those with its rarest label."""
        shortlists = [self._by_pair.get(pair, []) for pair in _pairs(selector)]
        for labels, item in min(shortlists, key=len, default=self._all):
            if selects(selector, labels):
                yield item


class SelectorIndex(Generic[Item]):
    """Things with a selector, found by the labels that it fits."""

    def __init__(self, items: Iterable[tuple[dict[str, Any], Item]]) -> None:
        """Each selector is `readable`."""
        entries = [(selector, item, _ways_in(selector)) for selector, item in items]
        frequency = Counter(place for _, _, ways in entries for way in ways for place in way)
        self._by_place: defaultdict[Pair | str, list[tuple[dict[str, Any], Item]]] = defaultdict(list)
        self._others: list[tuple[dict[str, Any], Item]] = []
        for selector, item, ways in entries:
            if ways:
                for place in min(ways, key=lambda way: sum(frequency[place] for place in way)):
                    self._by_place[place].append((selector, item))
            elif is_empty(selector):
                self._others.insert(0, (selector, item))  # fits at once
            else:
                self._others.append((selector, item))

    def selecting(self, labels: dict[str, str]) -> Iterator[Item]:
        """Those whose selector fits the labels."""
        yield from (item for selector, item in self._others if selects(selector, labels))
        for pair in labels.items():
            for place in (pair, pair[0]):
                for selector, item in self._by_place.get(place, ()):
                    if selects(selector, labels):
                        yield item


def _ways_in(selector: dict[str, Any]) -> list[tuple[Pair | str, ...]]:
    """Sets of labels (or keys), of each of which a thing has exactly one if the selector fits it."""
    ways: list[tuple[Pair | str, ...]] = [(pair,) for pair in selector.get("matchLabels", {}).items()]
    for expression in selector.get("matchExpressions", ()):
        key, values = expression.get("key", ""), expression.get("values", ())
        if expression.get("operator") == "In":
            ways.append(tuple((key, value) for value in dict.fromkeys(values)))
        elif expression.get("operator") == "Exists":
            ways.append((key,))
    return ways


def _pairs(selector: dict[str, Any]) -> Iterator[Pair]:
    """Labels without which nothing is selected."""
    yield from selector.get("matchLabels", {}).items()
    for expression in selector.get("matchExpressions", ()):
        values = expression.get("values", ())
        if expression.get("operator") == "In" and len(values) == 1:
            yield expression.get("key", ""), values[0]


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
