"""Places in a text."""

from typing import Any, Protocol

import msgspec

from bartizan.model.path import Path


class Span(msgspec.Struct, frozen=True):
    """A stretch of text. Lines and columns are 1-based, offsets count characters from 0."""

    line: int
    column: int
    end_line: int
    end_column: int
    offset: int
    end_offset: int


class Marks(Protocol):
    """Where each key and value of a document stands in its file; `value` is the document's value."""

    def key(self, path: Path, value: Any) -> Span | None:
        """The span of the key at `path`."""

    def value(self, path: Path, value: Any) -> Span | None:
        """The span of the value at `path`."""

    def nearest(self, path: Path, value: Any) -> Span | None:
        """The span of the deepest part of `path` that is written in the text."""
