"""From libyaml's events to values and marks: the one hot loop of reading.

libyaml and go-yaml, which kubectl uses, are the same parser in two languages; what differs (three
escapes) is set right here, and what go-yaml makes of the events is in :mod:`.scalars` and
:mod:`.entries`.
"""

import re
from array import array
from collections.abc import Callable
from typing import Any, Final

import msgspec
from yaml.events import (
    AliasEvent,
    DocumentEndEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from bartizan.documents.entries import (
    MERGE,
    Anchor,
    Duplicate,
    Late,
    check_aliases,
    merge,
    not_mergeable,
    settle,
)
from bartizan.documents.limits import Limits
from bartizan.documents.marks import SCALAR
from bartizan.documents.problems import RefusedError, too_many_documents
from bartizan.documents.scalars import MERGE_TAG, plain_key, plain_value, tagged_key, tagged_value
from bartizan.model.path import Path

try:
    from yaml.cyaml import CParser  # type: ignore[attr-defined] # the stubs forget that it is public
except ImportError as error:  # the pure parser is twelve times slower and refuses other texts
    raise ImportError(
        "PyYAML was built without libyaml; install its wheel, or libyaml's headers and build it again"
    ) from error

# Private characters of the same length stand for what libyaml reads unlike go-yaml.
APOSTROPHE: Final = "\uf8fe\uf8ff"
"""Stands for the escape `\\'`, which go-yaml takes and libyaml refuses."""
JOINER: Final = "\uf8fd"
"""Stands for U+FEFF at the start of a line: libyaml skips it there, to go-yaml it is a letter."""

_MEMO_ENTRIES: Final = 50_000
_MEMO_LENGTH: Final = 80
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)


class Built(msgspec.Struct, frozen=True):
    """One document out of the builder; offsets count from the start of the text handed in."""

    value: object
    table: Any  # array[int]; msgspec knows no arrays
    root: tuple[int, int, int]
    start: int
    duplicates: tuple[Duplicate, ...]


class _Memo(dict[str, Any]):
    """Remembers what a plain scalar means, so the thousandth `name` costs a dictionary look-up.

    Equal strings also become one object. It holds short texts and a bounded number of them; what it
    answers never depends on what it remembers.
    """

    __slots__ = ("_resolve",)

    def __init__(self, resolve: Callable[[str], Any]) -> None:
        super().__init__()
        self._resolve = resolve

    def __missing__(self, text: str) -> Any:
        meaning = self._resolve(text)
        if len(text) <= _MEMO_LENGTH and len(self) < _MEMO_ENTRIES:
            self[text] = meaning
        return meaning


def _key_or_merge(text: str) -> Any:
    return MERGE if text == "<<" else plain_key(text)


_values = _Memo(plain_value)
_keys = _Memo(_key_or_merge)


def build(text: str, limits: Limits, masked: bool = False) -> list[Built]:
    """All documents of a text, `null` ones included.

    One bad document refuses all: RefusedError, or yaml.YAMLError from libyaml. `masked` says that
    `APOSTROPHE` and `JOINER` stand for what they say.
    """
    parser = CParser(text)
    try:
        return _build(parser.get_event, text, limits, masked)
    finally:
        parser.dispose()


# One long function on purpose: it runs once an event, two or three times a line, and a call per
# event would cost more than all the rest of it. The current collection is held in local variables,
# those around it in tuples on a stack.
def _build(next_event: Callable[[], Any], text: str, limits: Limits, masked: bool) -> list[Built]:  # noqa: C901, PLR0912, PLR0915 - the hot loop
    documents: list[Built] = []
    values, keys = _values, _keys
    scalar, mapping_start, list_start = ScalarEvent, MappingStartEvent, SequenceStartEvent
    mapping_end, list_end = MappingEndEvent, SequenceEndEvent
    has_tags = "!" in text
    has_aliases = "*" in text and "&" in text
    odd_escapes = masked or "\\/" in text
    most_depth = limits.depth

    stack: list[tuple[Any, ...]] = []
    push, pop = stack.append, stack.pop
    container: Any = []  # the collection being filled; outermost the list of the document's one value
    is_mapping = False
    key: Any = None  # the key waiting for its value
    record: list[int] = []  # the container's entries for the table
    opened = 0  # where the container starts
    anchor: Anchor | None = None  # the container's
    table, anchors, late, duplicates = array("I"), {}, {}, []  # type: ignore[var-annotated] # one line is quicker
    key_start = key_end = start = end = 0
    document_start = first = closed = repeated = deepest = 0

    try:
        for count in range(limits.nodes):
            event = next_event()
            kind = type(event)
            if kind is scalar:
                value = event.value
                start = event.start_mark.index
                end = event.end_mark.index
                style = event.style
                tag = event.tag if has_tags else None
                if odd_escapes:
                    value = _set_right(value, style, text[start:end], masked)
                if has_aliases and event.anchor is not None:
                    anchors[event.anchor] = Anchor.scalar(value, style, tag)
                if is_mapping and key is None:
                    key_start, key_end = start, end
                    if tag is not None:
                        # isMerge of go-yaml: unquoted, or tagged as a merge
                        merges = value == "<<" and (event.implicit[0] or tag == MERGE_TAG)
                        key = MERGE if merges else tagged_key(tag, value)
                    else:
                        key = value if style else keys[value]
                    continue
                if tag is not None:
                    value = tagged_value(tag, value)
                elif not style:
                    value = values[value]
                    if start == end and is_mapping and "\n" in text[key_end:start]:
                        start = end = key_end  # `? key` without a value is marked at the next token
                position = SCALAR
            elif kind is mapping_start or kind is list_start:
                start = event.start_mark.index
                if is_mapping and key is None:
                    raise _no_key()
                push((container, is_mapping, key, key_start, key_end, record, opened, anchor))
                depth = len(stack)
                if depth > deepest:
                    if depth > most_depth:
                        raise _too_deep(most_depth)
                    deepest = depth
                is_mapping = kind is mapping_start
                container = {} if is_mapping else []
                key = anchor = None
                record = []
                opened = start
                if has_aliases and event.anchor is not None:
                    anchor = anchors[event.anchor] = Anchor(container, count - closed + repeated, deepest)
                    deepest = depth
                continue
            elif kind is mapping_end or kind is list_end:
                # A block's own end mark runs on to the next token: it ends with its last entry.
                mark = event.end_mark.index
                if mark != event.start_mark.index:
                    end = mark
                if late and id(container) in late:
                    duplicates += settle(container, record, late.pop(id(container)), _path(stack))
                position = len(table)
                table.fromlist(record)
                closed += 1
                value, start = container, opened
                if anchor is not None:
                    outside = anchor.close(position, count - closed + repeated, deepest - len(stack))
                    deepest = max(deepest, outside)
                container, is_mapping, key, key_start, key_end, record, opened, anchor = pop()
            elif kind is AliasEvent:
                start = event.start_mark.index
                end = event.end_mark.index
                target = anchors.get(event.anchor)
                if target is None or not target.nodes:
                    raise _no_anchor(target)
                repeated += target.nodes
                check_aliases(repeated, count - first + 1 - closed + repeated, limits)
                deepest = max(deepest, len(stack) + 1 + target.height)
                if deepest > most_depth:
                    raise _too_deep(most_depth)
                if is_mapping and key is None:
                    key = target.as_key()
                    key_start, key_end = start, end
                    continue
                if key is MERGE and not isinstance(target.value, dict):
                    raise not_mergeable()  # not even an alias of a list of mappings
                value = target.as_value()
                position = target.position
            elif kind is DocumentEndEvent:
                root = record[0], record[1], record[2]
                documents.append(Built(container[0], table, root, document_start, tuple(duplicates)))
                container, record = [], []
                continue
            elif kind is DocumentStartEvent:
                table, anchors, late, duplicates = array("I"), {}, {}, []
                document_start = start = event.start_mark.index
                if len(documents) >= limits.documents:
                    raise too_many_documents(limits.documents, start)
                first = count
                closed = repeated = deepest = 0
                continue
            elif kind is StreamEndEvent:
                return documents
            else:
                continue

            if is_mapping:
                if key is MERGE:
                    if position == SCALAR:
                        raise not_mergeable()
                    merge(container, record, late.setdefault(id(container), []), (value, position), table)
                else:
                    if key in container:
                        entry = Late(len(record), key, is_merged=False, is_new=False)
                        late.setdefault(id(container), []).append(entry)
                    container[key] = value
                    record += (key_start, key_end, start, end, position)
                key = None
            else:
                container.append(value)
                record += (start, end, position)
    except RefusedError as refusal:
        if refusal.offset < 0:
            refusal.offset = start
        raise
    raise RefusedError("size", f"a document has more than {limits.nodes:,} nodes; split it", start)


def _path(stack: list[tuple[Any, ...]]) -> Path:
    """The path of the innermost collection: each frame holds the one around it and the key it waits at."""
    return tuple(
        ("<<" if key is MERGE else key) if is_mapping else len(container)
        for container, is_mapping, key, *_ in stack[1:]
    )


def _set_right(value: str, style: str, raw: str, masked: bool) -> str:
    r"""Escapes as go-yaml has them: `\'` is one, `\/` is none; outside of double quotes none is."""
    if style == '"' and "/" in _ESCAPE.findall(raw):
        raise RefusedError("syntax", "YAML has no escape `\\/`; write `/` alone")
    if not masked:
        return value
    return value.replace(APOSTROPHE, "'" if style == '"' else "\\'").replace(JOINER, "\ufeff")


def _no_key() -> RefusedError:
    return RefusedError("non-string-key", "a key is a mapping or a list; quote it if it is meant as text")


def _too_deep(most: int) -> RefusedError:
    return RefusedError("depth", f"mappings and lists are nested more than {most} deep; flatten them")


def _no_anchor(target: Anchor | None) -> RefusedError:
    # Its name is not told: `password: *hunter2` is a value that lacks its quotes.
    if target is None:
        return RefusedError(
            "aliases", "an alias (`*…`) has no anchor before it; a value that starts with `*` needs quotes"
        )
    return RefusedError("aliases", "an anchor (`&…`) contains itself through an alias; write it out")
