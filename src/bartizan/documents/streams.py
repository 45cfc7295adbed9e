"""Streams of several documents: all at once where all is well, one by one where something is wrong."""

import re
from typing import Final

import msgspec
import yaml

from bartizan.documents.advice import FORBIDDEN, explain, not_text
from bartizan.documents.builder import APOSTROPHE, JOINER, Built, build
from bartizan.documents.json_text import JsonDocument, looks_like_json, read_json
from bartizan.documents.limits import Limits
from bartizan.documents.problems import RefusedError

# `---` and `...` count at the start of a line only, and nothing in a valid document can stand there
# with the same letters: neither block scalars nor quoted ones may. libyaml knows five line ends.
_BOUNDARY = re.compile(r"(?:\A|(?<=[\n\r\x85\u2028\u2029]))(?:(---)|\.\.\.[^\n\r\x85\u2028\u2029]*)(?=[\s\x85]|\Z)")
_ONLY_DIRECTIVES = re.compile(r"(?:[ \t]*(?:#[^\n\r]*)?(?:\r\n?|\n)|%[^\n\r]*(?:\r\n?|\n))*%[^\n\r]*\s*\Z")
_START_LINE = re.compile(r"---[ \t]*(?:[ \t]#[^\n\r]*)?(?=[\n\r])")
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
# A byte order mark is skipped at the start of a document only.
_JOINER = re.compile("(\\A|(?:\\A|[\n\r])---[^\n\r]*(?:\r\n?|\n))?\ufeff")
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
    documents: list[Built] = []
    try:
        return Piece(base, _build(text, limits), [])
    except (RefusedError, yaml.YAMLError, UnicodeError) as error:
        refusal = explain(error, text)
        if isinstance(error, yaml.MarkedYAMLError) and error.problem == _NEXT_DOCUMENT:
            documents = _until(text[: error.problem_mark.index], limits)
    if json and rest is not None:
        # Good JSON before the fault is kept: kubectl would have applied it too.
        rest_refusal = RefusedError("syntax", "what follows the JSON document is no JSON; correct it", rest)
        return Piece(base + lead if lead else base, [], json, rest_refusal)
    return Piece(base, documents, [], refusal)


def _until(text: str, limits: Limits) -> list[Built]:
    """The documents before text that belongs to none: kubectl applies the first and skips the rest."""
    try:
        return _build(text, limits)
    except (RefusedError, yaml.YAMLError):
        return []


def _json_start(text: str) -> int | None:
    """Where JSON may start: at once, or after the `---` line."""
    if looks_like_json(text):
        return 0
    line = _START_LINE.match(text)
    if line and looks_like_json(text[line.end() :]):
        return line.end()
    return None


def _build(text: str, limits: Limits) -> list[Built]:
    # kubectl ends the last line before it parses: a block scalar there gets its line end, too.
    masked = text if text.endswith("\n") else text + "\n"
    joins = "\ufeff" in text and JOINER not in text
    if joins:
        masked = _JOINER.sub(lambda match: match[0] if match[1] is not None else JOINER, masked)
    try:
        return build(masked, limits, masked=joins)
    except yaml.MarkedYAMLError as error:
        if error.problem != "found unknown escape character" or "\\'" not in text or APOSTROPHE in text:
            raise
    # go-yaml takes `\'` in double quotes where libyaml does not: try again without it.
    masked = _ESCAPE.sub(lambda match: APOSTROPHE if match[1] == "'" else match[0], masked)
    return build(masked, limits, masked=True)


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
