"""JSON with one item on each line: small, and a difference of two reports shows the items that differ."""

from collections.abc import Iterable, Iterator
from itertools import islice

import msgspec

from bartizan.reports._harmless import storable_value

_BATCH = 500


def in_rows(before: str, items: Iterable[object], after: str) -> Iterator[str]:
    """The items between what opens and what closes their list, by the hundred."""
    yield before
    left = iter(items)
    separator = "\n"
    while batch := list(islice(left, _BATCH)):
        yield separator + ",\n".join(map(row, batch))
        separator = ",\n"
    yield f"{after}\n" if separator == "\n" else f"\n{after}\n"


def row(item: object) -> str:
    """Compact JSON of any plain value, whatever strings strangers put in."""
    try:
        return msgspec.json.encode(item).decode()
    except (UnicodeEncodeError, OverflowError):
        return msgspec.json.encode(storable_value(item)).decode()
