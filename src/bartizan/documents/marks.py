"""Where in the text a key or a value stands."""

import re
from array import array
from bisect import bisect_right
from typing import Final

import msgspec

from bartizan.model.path import Path

SCALAR: Final = 0xFFFFFFFF
"""In place of the position of a child's record: the value is a scalar and has none."""
MAPPING_STRIDE: Final = 5
"""Numbers of one entry of a mapping: key start, key end, value start, value end, child's position."""
LIST_STRIDE: Final = 3
"""Numbers of one item of a list: start, end, child's position."""

_SMALL = 16_384
"""Characters up to which lines are counted anew for each question."""

_LINE_BREAK = re.compile(r"\r\n?|\n")


class Span(msgspec.Struct, frozen=True):
    """A stretch of the text, its end not included.

    Lines and columns count from 1, columns in characters; offsets count characters of the whole
    text from 0 (a byte order mark counts).
    """

    line: int
    column: int
    end_line: int
    end_column: int
    offset: int
    end_offset: int


class Source:
    """One text, shared by the marks of all its documents; it finds lines only when asked."""

    __slots__ = ("_starts", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self._starts: array[int] | None = None

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column, from 1, of a character offset. Lines end at LF, CR LF or CR, as in editors."""
        if self._starts is None:
            # By far most files are small and end their lines with LF: then counting is quicker than an index.
            if len(self.text) < _SMALL and "\r" not in self.text:
                return self.text.count("\n", 0, offset) + 1, offset - self.text.rfind("\n", 0, offset)
            self._starts = array("I", [0])
            self._starts.extend(match.end() for match in _LINE_BREAK.finditer(self.text))
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def span(self, start: int, end: int) -> Span:
        """The span between two character offsets; a line end that the reader added is no part of it."""
        end = min(end, len(self.text))
        line, column = self.position(start)
        end_line, end_column = self.position(end)
        return Span(line, column, end_line, end_column, start, end)


class Marks:
    """The places of one document: a flat table of numbers beside the value, 20 bytes an entry.

    When a mapping or list closes, its entries are appended in their order of iteration, so the
    table alone means nothing: every question hands in the path and the document's value, and both
    are walked side by side. The value must be as read, not changed since. Children of an alias
    share the record of the anchor: a path below an alias leads to the anchor's text.
    """

    __slots__ = ("_base", "_root", "_table", "source")

    def __init__(self, source: Source, base: int, table: "array[int]", root: tuple[int, int, int]) -> None:
        self.source = source
        self._base = base  # offsets in the table count from here: a document may be parsed alone
        self._table = table
        self._root = root

    def key(self, path: Path, value: object) -> Span | None:
        """The key at a path; None for a list item, the root, or a path that is not there."""
        numbers = self._entry(path, value)
        return self._span(numbers[0], numbers[1]) if numbers and len(numbers) == MAPPING_STRIDE else None

    def value(self, path: Path, value: object) -> Span | None:
        """The value at a path; None when the path is not there. The alias itself where one stands."""
        numbers = self._entry(path, value)
        return self._span(*numbers[-3:-1]) if numbers else None

    def span(self, path: Path, value: object) -> Span | None:
        """The whole entry at a path, from its key (a list item: its value) to the end of its value."""
        numbers = self._entry(path, value)
        return self._whole(numbers) if numbers else None

    def nearest(self, path: Path, value: object) -> Span:
        """The entry at the longest part of the path that exists: where something missing would go."""
        return self._whole(self._deepest(path, value)[0])

    def _whole(self, numbers: tuple[int, ...]) -> Span:
        start, end = numbers[0], numbers[-2]
        # A value merged in or aliased stands before its key: then the key alone is the place.
        return self._span(start, end if end >= start else numbers[1])

    def _span(self, start: int, end: int) -> Span:
        return self.source.span(start + self._base, end + self._base)

    def _entry(self, path: Path, value: object) -> tuple[int, ...]:
        """The numbers of the entry at a path, the child's position last; empty when it is not there."""
        numbers, depth = self._deepest(path, value)
        return numbers if depth == len(path) else ()

    def _deepest(self, path: Path, value: object) -> tuple[tuple[int, ...], int]:
        """The numbers of the entry at the longest part of the path that exists, and that part's length."""
        table, record, depth = self._table, self._root[-1], 0
        position = stride = 0
        for step in path:
            if isinstance(value, dict) and step in value:
                position, stride = record + MAPPING_STRIDE * list(value).index(step), MAPPING_STRIDE
                value = value[step]
            elif isinstance(value, list) and isinstance(step, int) and 0 <= step < len(value):
                position, stride = record + LIST_STRIDE * step, LIST_STRIDE
                value = value[step]
            else:
                break
            record = table[position + stride - 1]
            depth += 1
        return (tuple(table[position : position + stride]) if depth else self._root), depth
