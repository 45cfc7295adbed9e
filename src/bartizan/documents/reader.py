"""Text of Kubernetes manifests to documents: values as kubectl would send them, with their places.

`read` never raises on any input: what cannot be read becomes a `Problem`, and the documents around
it are still there. A document is whole or not there at all.
"""

import codecs

import msgspec

from bartizan.documents.entries import Duplicate
from bartizan.documents.json_text import json_duplicates
from bartizan.documents.limits import Limits
from bartizan.documents.marks import Marks, Source
from bartizan.documents.problems import CODES, Problem, RefusedError
from bartizan.documents.streams import Piece, read_stream

__all__ = ["CODES", "Document", "Duplicate", "Limits", "Problem", "Reading", "read"]

_BYTE_ORDER_MARK = "\ufeff"
_DEFAULT_LIMITS = Limits()


class Document(msgspec.Struct, frozen=True):
    """One document that is not empty.

    `value` is made of dict (keys are str), list, str, int, float, bool and None; treat it as frozen,
    for aliases share their objects and marks are found by the order of the keys. `marks` is None
    where JSON could not be followed. `index` counts the documents of the stream from 0, empty and
    unreadable ones too. `span` holds the character offsets of the document's start (its `---` if it
    has one) and of the end of its value.
    """

    value: object
    marks: Marks | None
    index: int
    span: tuple[int, int]
    duplicates: tuple[Duplicate, ...]


class Reading(msgspec.Struct, frozen=True):
    """All that came of one text, both in the order of the text."""

    documents: tuple[Document, ...]
    problems: tuple[Problem, ...]


def read(text: str | bytes, limits: Limits = _DEFAULT_LIMITS) -> Reading:
    """The documents of a YAML stream or of JSON text, as kubectl reads it.

    Bytes are UTF-8, or UTF-16 if they start with its byte order mark. Empty documents (`null`) are
    skipped, as kubectl does.
    """
    if len(text) > limits.bytes:
        message = f"the text has more than {limits.bytes:,} bytes; split it"
        return Reading((), (Problem("size", message, 1, 1, 0),))
    source = Source(text if isinstance(text, str) else _decode(text))
    base = 1 if source.text.startswith(_BYTE_ORDER_MARK) else 0
    pieces = read_stream(source.text[base:] if base else source.text, base, limits)
    return _reading(source, pieces)


def _decode(data: bytes) -> str:
    """The text; bytes that are no UTF-8 become lone surrogates, which the document's reading refuses."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16-le" if data.startswith(codecs.BOM_UTF16_LE) else "utf-16-be"
        whole = len(data) & ~1
        return data[:whole].decode(encoding, "surrogatepass") + "".join(
            chr(0xDC00 + byte) for byte in data[whole:]
        )
    return data.decode("utf-8", "surrogateescape")


def _reading(source: Source, pieces: list[Piece]) -> Reading:
    documents: list[Document] = []
    problems: list[Problem] = []
    index = 0
    for piece in pieces:
        base = piece.base
        for built in piece.documents:
            if built.value is not None:
                span = (built.start + base, min(built.root[1] + base, len(source.text)))
                whole = Marks(source, base, built.table, built.root)
                documents.append(Document(built.value, whole, index, span, _moved(built.duplicates, base)))
            index += 1
        for found in piece.json:
            at = base + found.start
            marked = found.built
            marks = Marks(source, at, marked.table, marked.root) if marked else None
            repeated = _moved(json_duplicates(marked), at) if marked else ()
            documents.append(Document(found.value, marks, index, (at, base + found.end), repeated))
            index += 1
        if piece.refusal is not None:
            problems.append(_problem(source, piece.refusal, base, index))
            index += 1
    return Reading(tuple(documents), tuple(problems))


def _moved(duplicates: tuple[Duplicate, ...], base: int) -> tuple[Duplicate, ...]:
    if not base:
        return duplicates
    return tuple(Duplicate(found.path, found.first + base, found.winner + base) for found in duplicates)


def _problem(source: Source, refusal: RefusedError, base: int, index: int) -> Problem:
    line, column = source.position(min(base + max(refusal.offset, 0), len(source.text)))
    return Problem(refusal.code, refusal.message, line, column, index)
