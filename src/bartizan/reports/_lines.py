"""Plain lines for a terminal: wrapped to its width, coloured where it shows colours."""

import unicodedata
from collections.abc import Iterable, Sequence

_CODES = {
    "critical": "1;97;41",
    "high": "1;31",
    "medium": "1;33",
    "low": "1;36",
    "info": "1;34",
    "unknown": "1;35",
    "good": "1;32",
    "strong": "1",
    "faint": "2",
    "place": "36",
}
_NARROWEST = 20


class Paint:
    """Puts colours around words, or leaves them plain. A word always says what its colour says."""

    def __init__(self, *, color: bool) -> None:
        self._color = color

    def __call__(self, style: str, text: str) -> str:
        """The text in a style; wrap it first, since codes have no width."""
        return f"\x1b[{_CODES[style]}m{text}\x1b[0m" if self._color and style and text else text


def width_of(text: str) -> int:
    """Columns that a terminal needs for printable text."""
    if text.isascii():
        return len(text)
    return sum(map(_columns, text))


def wrapped(pieces: Iterable[str], width: int, separator: str = " ") -> list[str]:
    """Lines of whole pieces; one longer than a line stays whole, so that a path can be copied."""
    width = max(width, _NARROWEST)
    lines: list[str] = []
    line = ""
    for piece in pieces:
        joined = f"{line}{separator}{piece}" if line else piece
        if width_of(joined) <= width:
            line = joined
            continue
        if line:
            lines.append(line + separator.rstrip())
        line = piece
    return [*lines, line] if line else lines


def paragraph(text: str, width: int) -> list[str]:
    """Lines of a sentence, broken between words."""
    if len(text) <= width and text.isascii():
        return [text]
    return wrapped(text.split(), width)


def labelled(label: str, lines: Sequence[str], indent: int) -> list[str]:
    """Lines with a label before the first, the others below its text."""
    first, *rest = lines or [""]
    return [f"{label:<{indent}}{first}".rstrip(), *(" " * indent + line for line in rest)]


def _columns(char: str) -> int:
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1
