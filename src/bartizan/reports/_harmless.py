"""Names and messages come from strangers: text that cannot move a cursor, break a line or end a document."""

import re
from functools import lru_cache
from typing import Any

from bartizan.model.finding import Location
from bartizan.model.path import Path
from bartizan.model.path_text import render_path
from bartizan.model.resource import Subject

_SURROGATE = re.compile("[\ud800-\udfff]")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_JSON_INTEGERS = range(-(2**63), 2**64)


def visible(text: str) -> str:
    r"""One line in which every control, format or unassigned character is spelled out: `\x1b`, `\u202e`."""
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else _spelled(char) for char in text)


def storable(text: str) -> str:
    """The text with lone surrogates, which UTF-8 cannot hold, replaced by U+FFFD."""
    return text if text.isascii() else _SURROGATE.sub("\ufffd", text)


@lru_cache(maxsize=4096)
def field(path: Path) -> str:
    """`spec.containers[0].image`; lone surrogates in keys are replaced."""
    return render_path(tuple(storable(step) if isinstance(step, str) else step for step in path))


def xml_safe(text: str) -> str:
    """The text without the characters that XML 1.0 forbids; each becomes U+FFFD."""
    return _NOT_XML.sub("\ufffd", text)


def storable_value(value: Any) -> Any:
    """A plain value that JSON can hold: storable texts, string keys, integers that readers understand."""
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, dict):
        return {storable(str(key)): storable_value(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [storable_value(item) for item in value]
    if isinstance(value, int) and value not in _JSON_INTEGERS:
        return str(value)
    return value


def shortened(text: str, limit: int) -> str:
    """The text, cut with a visible sign where it is longer than `limit` characters."""
    return text if len(text) <= limit else f"{text[: limit - 1]}…"


@lru_cache(maxsize=4096)
def called(subject: Subject) -> str:
    """`Deployment shop/web [app]`, unsafe characters as they are."""
    return f"{subject.title} [{subject.container}]" if subject.container else subject.title


def place(location: Location) -> str:
    """`deploy/web.yaml:24`, unsafe characters as they are; empty where no file is known."""
    return f"{location.file}:{location.line}" if location.line else location.file


def _spelled(char: str) -> str:
    return char.encode("unicode_escape").decode("ascii")
