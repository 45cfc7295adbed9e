"""Streams of several documents: all at once where all is well, one by one where something is wrong."""

import re
from typing import Final

import msgspec
import yaml

from bartizan.documents.advice import explain, not_text
from bartizan.documents.builder import APOSTROPHE, JOINER, Built, build
from bartizan.documents.json_text import JsonDocument, looks_like_json, read_json
from bartizan.documents.limits import Limits
from bartizan.documents.problems import RefusedError, too_many_documents

# `---` and `...` count at the start of a line only, and nothing in a valid document can stand there
# with the same letters: neither block scalars nor quoted ones may. libyaml knows five line ends.
_BOUNDARY = re.compile(
    r"(?:\A|(?<=[\n\r\x85\u2028\u2029]))(?:(---)|\.\.\.[^\n\r\x85\u2028\u2029]*)(?=[\s\x85]|\Z)"
)
_ONLY_DIRECTIVES = re.compile(r"(?:[ \t]*(?:#[^\n\r]*)?(?:\r\n?|\n)|%[^\n\r]*(?:\r\n?|\n))*%[^\n\r]*\s*\Z")
_START_LINE = re.compile(r"---[ \t]*(?:[ \t]#[^\n\r]*)?(?=[\n\r])")
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
# A byte order mark is skipped at the start of a document only.
_JOINER = re.compile("(\\A|(?:\\A|[\n\r])---[^\n\r]*(?:\r\n?|\n))?\ufeff")
_DOUBLE_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)
_MOST_APOSTROPHES: Final = 4  # scalars of one document with that escape: each costs a new start
_ESCAPE_ERROR: Final = "found unknown escape character"
_NEXT_DOCUMENT: Final = "did not find expected <document start>"


class Piece(msgspec.Struct, frozen=True):
    """What came of a stretch of the text: documents, in their order, and why one of them is missing."""

    base: int  # offsets in the documents count from here
    documents: list[Built]
    json: list[JsonDocument]
    refusal: RefusedError | None = None


def read_stream(text: str, base: int, limits: Limits) -> list[Piece]:
    """The documents of a whole text that starts at the offset `base` of the file."""
    piece = _read_part(text, base, limits)
    if piece.refusal is None:
        return [piece]
    parts = _split(text)
    if len(parts) == 1:
        return [piece]
    if len(parts) > limits.documents:
        return [Piece(base, [], [], too_many_documents(limits.documents, parts[limits.documents][0]))]
    return [_read_part(text[start:end], base + start, limits) for start, end in parts]


def _read_part(text: str, base: int, limits: Limits) -> Piece:
    """One stretch of text: JSON if it is that, else YAML, else the reason why not."""
    rest: int | None = None
    json: list[JsonDocument] = []
    lead = _json_start(text)
    if lead is not None:
        try:
            json, rest = read_json(text[lead:], limits)
        except UnicodeError:
            return Piece(base, [], [], not_text(text))
        except RefusedError as refusal:
            refusal.offset += lead
            return Piece(base, [], [], refusal)
        if rest is None:
            return Piece(base + lead, [], json)
    try:
        return Piece(base, _build(text, limits), [])
    except (RefusedError, yaml.YAMLError, UnicodeError) as caught:
        error = caught
    if json:
        # Good JSON before the fault is kept: kubectl would have applied it too.
        fault = RefusedError("syntax", "what follows the JSON document is no JSON; correct it", rest or 0)
        return Piece(base + (lead or 0), [], json, fault)
    return Piece(base, _until(error, text, limits), [], explain(error, text))


def _until(error: Exception, text: str, limits: Limits) -> list[Built]:
    """The documents before text that belongs to none: kubectl applies the first and skips the rest."""
    mark = getattr(error, "problem_mark", None)
    if mark is None or getattr(error, "problem", None) != _NEXT_DOCUMENT:
        return []
    try:
        return _build(text[: mark.index], limits)
    except (RefusedError, yaml.YAMLError):
        return []


def _json_start(text: str) -> int | None:
    """Where JSON may start: at once, or after the `---` line."""
    if looks_like_json(text):
        return 0
    line = _START_LINE.match(text)
    if line and looks_like_json(text, line.end()):
        return line.end()
    return None


def _build(text: str, limits: Limits) -> list[Built]:
    # kubectl ends the last line before it parses: a block scalar there gets its line end, too.
    masked = text if text.endswith("\n") else text + "\n"
    joins = "\ufeff" in text and JOINER not in text
    if joins:
        masked = _JOINER.sub(lambda match: match[0] if match[1] is not None else JOINER, masked)
    escapes = False
    for _ in range(_MOST_APOSTROPHES):
        try:
            return build(masked, limits, masked=joins or escapes)
        except yaml.MarkedYAMLError as error:
            # go-yaml takes `\'` in double quotes where libyaml does not: try again without it.
            start = error.context_mark.index if error.context_mark else 0
            again = _apostrophes(masked, start)
            if error.problem != _ESCAPE_ERROR or APOSTROPHE in text or again == masked:
                raise
            masked, escapes = again, True
    return build(masked, limits, masked=True)


def _apostrophes(text: str, start: int) -> str:
    """The text with the escaped apostrophes of the double-quoted scalar at `start` masked."""
    scalar = _DOUBLE_QUOTED.match(text, start)
    if scalar is None:
        return text
    inside = _ESCAPE.sub(lambda match: APOSTROPHE if match[1] == "'" else match[0], scalar[0])
    return text[:start] + inside + text[scalar.end() :]


def _split(text: str) -> list[tuple[int, int]]:
    """Start and end of each stretch that can be read alone; directives stay with their document."""
    cuts = [0]
    for match in _BOUNDARY.finditer(text):
        cut = match.start() if match[1] else match.end()
        if cut > cuts[-1]:
            cuts.append(cut)
    ends = [*cuts[1:], len(text)]
    parts: list[tuple[int, int]] = []
    for start, end in zip(cuts, ends, strict=True):
        if parts and _ONLY_DIRECTIVES.match(text, parts[-1][0], parts[-1][1]):
            parts[-1] = (parts[-1][0], end)
        else:
            parts.append((start, end))
    return parts
