r"""JSON text, one document or several in a row, read as kubectl reads it.

JSON is nearly a part of YAML, but not quite (`\/`, surrogate pairs), so it is decoded as JSON. The
marks come from libyaml all the same, which reads a copy of the same length with its escapes masked.
"""

import re
from typing import Any, Final

import msgspec
import yaml

from bartizan.documents.builder import Built, build
from bartizan.documents.entries import Duplicate
from bartizan.documents.limits import Limits
from bartizan.documents.problems import RefusedError, too_many_documents
from bartizan.documents.scalars import json_number

_BLANK: Final = " \t\r\n"
_BLANKS = re.compile(r"[ \t\r\n]*")
_OPENING = re.compile(r"[ \t\r\n]*[\[{]")
_decoder: msgspec.json.Decoder[Any] = msgspec.json.Decoder()
_ESCAPE = re.compile(r"\\(?:u[0-9a-fA-F]{4}|.)")
_TRAILING = re.compile(r"trailing characters \(byte (\d+)\)")
# Private characters stand for the backslash, and for what would end the string or escape again.
_MASKS: Final = {'"': "\uf8f1", "\\": "\uf8f2"}
_MASK: Final = "\uf8f0"
_MASKED = re.compile("\uf8f0(.)")
_UNMASK: Final = {mask: character for character, mask in _MASKS.items()}


class JsonDocument(msgspec.Struct, frozen=True):
    """One JSON document; `built` holds its marks, or is None where libyaml cannot follow."""

    value: object
    start: int
    end: int
    built: Built | None


def looks_like_json(text: str, start: int = 0) -> bool:
    """Whether the first character from `start` that is no blank opens an object or an array."""
    return _OPENING.match(text, start) is not None


def read_json(text: str, limits: Limits) -> tuple[list[JsonDocument], int | None]:
    """The JSON documents at the start of a text, and the offset of what is no JSON, or None.

    RefusedError where JSON is right but its value is not for us: depth, numbers out of range.
    """
    data = text.encode()
    documents: list[JsonDocument] = []
    start = at = 0  # characters, bytes
    while True:
        blank = _blanks(text, start)
        start += blank
        at += blank
        if start == len(text):
            return documents, None
        value, length = _decode(memoryview(data)[at:], start)
        if length is None:
            return documents, start
        if len(documents) == limits.documents:
            raise too_many_documents(limits.documents, start)
        end = start + len(data[at : at + length].decode())
        piece = text[start:end].rstrip(_BLANK)
        documents.append(_document(value, piece, start, limits))
        start, at = end, at + length


def _blanks(text: str, start: int) -> int:
    match = _BLANKS.match(text, start)
    return match.end() - start if match else 0


def _decode(data: memoryview, start: int) -> tuple[object, int | None]:
    """The first value and how many bytes it takes; (None, None) when there is no JSON value."""
    length = len(data)
    try:
        # Twice at most: msgspec says where the next document starts, by the byte after its first.
        for _ in range(2):
            try:
                return _decoder.decode(data[:length]), length
            except msgspec.DecodeError as error:
                trailing = _TRAILING.search(str(error))
                if trailing is None:
                    raise
                length = int(trailing[1]) - 1
    except RecursionError:
        raise RefusedError("depth", "objects and arrays are nested too deep; flatten them", start) from None
    except msgspec.DecodeError as error:
        if "out of range" in str(error):
            raise RefusedError("value", "a number is too large for a JSON reader; quote it", start) from None
    return None, None


def _document(value: object, text: str, start: int, limits: Limits) -> JsonDocument:
    try:
        value = _normal(value, limits.depth)
    except RefusedError as refusal:
        refusal.offset = start
        raise
    return JsonDocument(value, start, start + len(text), _marks(text, value, limits, start))


def _normal(value: object, most_depth: int) -> object:
    """The value with its numbers as the API machinery has them; RefusedError when it is too deep."""
    holder = [value]
    level: list[Any] = [holder]
    for _ in range(most_depth + 1):
        below: list[Any] = []
        for container in level:
            pairs = container.items() if isinstance(container, dict) else enumerate(container)
            for key, item in pairs:
                kind = type(item)
                if kind is dict or kind is list:
                    below.append(item)
                elif kind is float or kind is int:
                    container[key] = json_number(item)
        if not below:
            return holder[0]
        level = below
    raise RefusedError("depth", f"objects and arrays are nested more than {most_depth} deep; flatten them")


def _marks(text: str, value: object, limits: Limits, start: int) -> Built | None:
    """The marks of one document through a masked copy, or None when libyaml reads something else."""
    if _MASK in text or any(mask in text for mask in _UNMASK):
        return None
    masked = _ESCAPE.sub(_mask, text) if "\\" in text else text
    try:
        built = build(masked, limits)
    except RefusedError as refusal:
        if refusal.code != "size":
            return None
        refusal.offset = start
        raise
    except yaml.YAMLError:
        return None
    if len(built) != 1 or (masked is not text and not _same_shape(value, built[0].value)):
        return None
    return built[0]


def _mask(match: re.Match[str]) -> str:
    escape = match[0][1:]
    return _MASK + _MASKS.get(escape, escape)


def _same_shape(left: object, right: object) -> bool:
    """Whether every collection has as many entries: two spellings of one key make the copy longer."""
    pairs = [(left, right)]
    while pairs:
        one, other = pairs.pop()
        if isinstance(one, dict) and isinstance(other, dict):
            one, other = list(one.values()), list(other.values())
        if isinstance(one, list):
            if not isinstance(other, list) or len(one) != len(other):
                return False
            pairs.extend(zip(one, other, strict=True))
    return True


def json_duplicates(built: Built) -> tuple[Duplicate, ...]:
    """The repeated keys with their escapes read again."""
    return tuple(
        Duplicate(tuple(_unmask(step) for step in found.path), found.first, found.winner)
        for found in built.duplicates
    )


def _unmask(step: str | int) -> str | int:
    if isinstance(step, int) or _MASK not in step:
        return step
    spelled = _MASKED.sub(lambda match: "\\" + _UNMASK.get(match[1], match[1]), step)
    return msgspec.json.decode(f'"{spelled}"', type=str)
