"""Entries of mappings that need more than a place: anchors and aliases, `<<` merges, duplicate keys.

All of it is rare, and kept out of the builder's loop. The rules are go-yaml v2's as kubectl shows them.
"""

from array import array
from typing import Final, NamedTuple

import msgspec

from bartizan.documents.limits import Limits
from bartizan.documents.marks import LIST_STRIDE, MAPPING_STRIDE, SCALAR
from bartizan.documents.problems import RefusedError
from bartizan.documents.scalars import plain_key, plain_value, tagged_key, tagged_value
from bartizan.model.path import Path

MERGE: Final = object()
"""Stands for the key `<<` while its value is being read."""

# go-yaml refuses a document most of which is aliases: 99 % of a small one, 10 % of a very large one.
_FREE_ALIASES: Final = 100
_FREE_NODES: Final = 1_000
_RATIO_LOW: Final = 400_000
_RATIO_HIGH: Final = 4_000_000


class Duplicate(msgspec.Struct, frozen=True):
    """A key that a mapping has more than once. The last one counts, as with kubectl; readers see the first.

    `first` and `winner` are the character offsets of the first and of the last key in the text.
    """

    path: Path
    first: int
    winner: int


class Late(NamedTuple):
    """An entry of the open record that a plain append would misplace: a repeated or a merged key."""

    offset: int  # of its numbers in the record
    key: str
    is_merged: bool
    is_new: bool


class Anchor:
    """What an alias stands for. A collection's is open until the collection ends: then it may be used."""

    __slots__ = ("_style", "_tag", "before", "height", "nodes", "position", "value")

    def __init__(self, value: object, before: int = 0, height: int = 0) -> None:
        self.value = value
        self.position = SCALAR  # of the record in the table
        self.nodes = 0  # that the value holds, itself included; 0 while open
        self.height = height  # levels below the value; the depth seen before while open
        self.before = before  # nodes counted before it opened
        self._style: str | None = None
        self._tag: str | None = None

    @classmethod
    def scalar(cls, text: str, style: str, tag: str | None) -> "Anchor":
        """The anchor of a scalar, kept as text: as a key it may mean something else than as a value."""
        anchor = cls(text)
        anchor.nodes, anchor.height = 1, -1
        anchor._style, anchor._tag = style, tag
        return anchor

    def close(self, position: int, counted: int, height: int) -> int:
        """The collection has ended; answers the depth that was seen before it opened."""
        outside, self.height = self.height, height
        self.position = position
        self.nodes = counted - self.before + 1
        return outside

    def as_value(self) -> object:
        """The value that an alias repeats: the same object for a collection."""
        if self.height >= 0:
            return self.value
        text = str(self.value)
        if self._tag is not None:
            return tagged_value(self._tag, text)
        return text if self._style else plain_value(text)

    def as_key(self) -> str:
        """The key that an alias repeats; a collection is none."""
        if self.height >= 0:
            raise RefusedError(
                "non-string-key", "an alias of a mapping or a list is used as a key; write the key out"
            )
        text = str(self.value)
        if self._tag is not None:
            return tagged_key(self._tag, text)
        return text if self._style else plain_key(text)


def check_aliases(repeated: int, counted: int, limits: Limits) -> None:
    """Refuse a document whose aliases repeat too much: `repeated` of the `counted` nodes so far."""
    share = min(max((counted - _RATIO_LOW) / (_RATIO_HIGH - _RATIO_LOW), 0), 1)
    if repeated > limits.alias_nodes or (
        repeated > _FREE_ALIASES and counted > _FREE_NODES and repeated / counted > 0.99 - 0.89 * share
    ):
        raise RefusedError("aliases", f"aliases repeat {repeated:,} nodes; kubectl refuses such a document too")


def merge(
    mapping: dict[str, object],
    record: list[int],
    late: list[Late],
    source: tuple[object, int],
    table: "array[int]",
) -> None:
    """Put the entries of a `<<` into the open mapping; `source` is the value and its record's position.

    Merges and keys act in the order of the text and the later one wins, which is go-yaml's way: a
    merge below an explicit key overrides it. Of a list of mappings the first one wins.
    """
    value, position = source
    sources = [source]
    if isinstance(value, list):
        places = range(position + LIST_STRIDE - 1, position + LIST_STRIDE * len(value), LIST_STRIDE)
        sources = [(item, table[place]) for item, place in zip(value, places, strict=True)]
    for entries, place in reversed(sources):
        if not isinstance(entries, dict):
            raise not_mergeable()
        for number, (key, item) in enumerate(entries.items()):
            late.append(Late(len(record), key, is_merged=True, is_new=key not in mapping))
            start = place + MAPPING_STRIDE * number
            record.extend(table[start : start + MAPPING_STRIDE])
            mapping[key] = item


def not_mergeable() -> RefusedError:
    """The refusal of a merge of something else than mappings."""
    return RefusedError("merge", "`<<` takes a mapping or a list of mappings; quote it if it is an ordinary key")


def settle(mapping: dict[str, object], record: list[int], late: list[Late], path: Path) -> list[Duplicate]:
    """Give each key of a closing mapping one entry, that of its last occurrence, in the mapping's order.

    Answers the keys that the text itself repeats; what merges bring in or override is no mistake.
    """
    lates = {entry.offset: entry for entry in late}
    names = iter(mapping)
    entries: dict[str, list[int]] = {}
    explicit: dict[str, list[int]] = {}
    for offset in range(0, len(record), MAPPING_STRIDE):
        entry = lates.get(offset)
        key = next(names) if entry is None or entry.is_new else entry.key
        entries[key] = record[offset : offset + MAPPING_STRIDE]
        if entry is None or not entry.is_merged:
            explicit.setdefault(key, []).append(record[offset])
    record[:] = [number for numbers in entries.values() for number in numbers]
    return [Duplicate((*path, key), starts[0], starts[-1]) for key, starts in explicit.items() if len(starts) > 1]
