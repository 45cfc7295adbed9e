"""Chapters of a Markdown page that may not grow past a limit: what does not fit is counted, never just dropped."""

from collections.abc import Iterable, Sequence

import msgspec

from bartizan.reports._summary import plural


class Chapter(msgspec.Struct, frozen=True, kw_only=True):
    """A title and rows, of which as many are shown as there is room for."""

    opening: str
    """What stands before the rows: an empty line, the title."""
    rows: Iterable[str]
    """Each is shown whole or not at all; the ones that matter most come first."""
    count: int
    """How many rows there are."""
    noun: str
    """What one row is."""
    closing: str = ""
    """What stands after the rows."""
    share: float = 1.0
    """The largest part of the room left that it may take."""


def composed(head: str, chapters: Sequence[Chapter], end: str, limit: int) -> str:
    """Head, chapters and end below each other, in at most `limit` bytes of UTF-8."""
    room = limit - _size(head) - _size(end) - sum(map(_frame, chapters))
    parts = [head]
    for chapter in chapters:
        rows = _fitting(chapter.rows, int(room * chapter.share))
        room -= sum(map(_size, rows))
        parts += [chapter.opening, *rows, _rest(chapter, len(rows)), chapter.closing]
    return "\n".join(part for part in [*parts, end] if part) + "\n"


def _fitting(rows: Iterable[str], room: int) -> list[str]:
    taken: list[str] = []
    for row in rows:
        room -= _size(row)
        if room < 0:
            break
        taken.append(row)
    return taken


def _frame(chapter: Chapter) -> int:
    return _size(chapter.opening) + _size(_rest(chapter, 0)) + _size(chapter.closing)


def _rest(chapter: Chapter, shown: int) -> str:
    """The line that counts what is not shown; the empty line before it ends a table."""
    left = chapter.count - shown
    return f"\n**{left:,} more not shown here** of {plural(chapter.count, chapter.noun)}." if left else ""


def _size(text: str) -> int:
    """Bytes, with the line end that follows."""
    return len(text.encode()) + 1
