"""Places in a text: what an object's marks answer."""

from typing import Any, Protocol

from bartizan.model.path import Path


class Span(Protocol):
    """A stretch of text. Lines and columns are 1-based, offsets count characters from 0."""

    @property
    def line(self) -> int:
        """Where it starts."""

    @property
    def column(self) -> int:
        """Where it starts."""

    @property
    def end_line(self) -> int:
        """Where it ends."""

    @property
    def end_column(self) -> int:
        """Where it ends, that column not included."""


class Marks(Protocol):
    """Where each key and value of a document stands in its file; `value` is the document's value."""

    def key(self, path: Path, value: Any) -> Span | None:
        """The key at `path`."""

    def value(self, path: Path, value: Any) -> Span | None:
        """The value at `path`."""

    def nearest(self, path: Path, value: Any) -> Span | None:
        """The deepest part of `path` that is written in the text."""
