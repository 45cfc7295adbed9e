"""Laws of reading, tried on generated and broken texts."""

import json
from typing import Any

import yaml
from hypothesis import given
from hypothesis import strategies as st

from bartizan.documents.marks import Marks, Path
from bartizan.documents.reader import Reading, read

# What YAML and JSON both can hold: no control characters, no lone surrogates.
TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"]), max_size=20)
SCALARS = st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | TEXT | st.floats(-1e6, 1e6)
JSON_LIKE = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=20,
)
_MARKS = ": |- |\n  |\n- |---\n|\n---\n|...\n|&a |*a|<<: |!!int |>-\n|{{ x }}|\r\n|\ufeff|\x85|\u2028|\0|é|\\'"
PIECES = st.sampled_from([*"ab1x \n\t\"'[]{},:-?|>&*!#%@`\\~=.<", "|\n", *_MARKS.split("|")])
SOUP = st.lists(PIECES, max_size=40).map("".join)


def equal(left: object, right: object) -> bool:
    """Equality in which 1.0 is 1 but true is not."""
    return json.dumps(normal(left)) == json.dumps(normal(right))


def normal(value: object) -> object:
    """The value with whole floats as integers."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, list):
        return [normal(item) for item in value]
    if isinstance(value, dict):
        return {key: normal(item) for key, item in value.items()}
    return value


def dump(value: object) -> str:
    """The value as YAML in block style, strings quoted where YAML 1.1 or kubectl would misread them."""
    return yaml.dump(value, Dumper=_Dumper, allow_unicode=True, sort_keys=False)


class _Dumper(yaml.SafeDumper):
    """Quotes all strings; writes no aliases."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 (the signature is PyYAML's)
        return True


_Dumper.add_representer(
    str, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"')
)


def paths(value: object, path: Path = ()) -> list[Path]:
    """The paths of a value and of all that it holds."""
    found = [path]
    if isinstance(value, dict):
        for key, item in value.items():
            found += paths(item, (*path, key))
    elif isinstance(value, list):
        for number, item in enumerate(value):
            found += paths(item, (*path, number))
    return found


def at(value: Any, path: Path) -> Any:
    """The value at a path."""
    for step in path:
        value = value[step]
    return value


def check_marks(text: str, reading: Reading) -> None:
    """Every entry has spans within the text and within the span of what holds it."""
    for document in reading.documents:
        marks = document.marks
        if marks is None:
            continue
        for path in paths(document.value):
            span = marks.value(path, document.value)
            assert span is not None
            assert 0 <= span.offset <= span.end_offset <= len(text)
            assert (span.line, span.column) <= (span.end_line, span.end_column)
            key = marks.key(path, document.value)
            assert (key is None) == (not path or isinstance(path[-1], int))
            if key is not None:
                assert key.offset <= key.end_offset


@given(st.binary(max_size=200))
def test_reading_bytes_never_raises(data: bytes) -> None:
    read(data)


@given(st.text(max_size=200))
def test_reading_text_never_raises(text: str) -> None:
    check_marks(text, read(text))


@given(SOUP)
def test_reading_broken_yaml_never_raises_and_marks_stay_inside(text: str) -> None:
    check_marks(text, read(text))


@given(SOUP, SOUP)
def test_a_document_is_the_same_whatever_stands_in_the_next(good: str, other: str) -> None:
    """A bad document loses nothing of a good one, and a good one changes nothing."""
    alone = read("a: 1\nb: [x]\n")
    [first, *_] = read("a: 1\nb: [x]\n---\n" + good + "\n---\n" + other).documents
    assert first.value == alone.documents[0].value
    assert first.span == alone.documents[0].span


@given(JSON_LIKE)
def test_reading_what_was_written_gives_the_value(value: object) -> None:
    held = [value]  # a JSON text is an object or an array
    for text in (dump(held), json.dumps(held), json.dumps(held, ensure_ascii=False, indent=1)):
        reading = read(text)
        assert reading.problems == ()
        assert equal([document.value for document in reading.documents], [held])
        check_marks(text, reading)


@given(JSON_LIKE)
def test_the_slice_of_a_scalar_reads_as_the_scalar(value: object) -> None:
    held = [value]
    for text in (dump(held), json.dumps(held)):
        for document in read(text).documents:
            marks = document.marks
            assert isinstance(marks, Marks)
            for path in paths(document.value):
                item = at(document.value, path)
                check_slice(text, marks.value(path, document.value), item)
                if path and isinstance(path[-1], str):
                    check_slice(text, marks.key(path, document.value), path[-1])


def check_slice(text: str, span: Any, item: object) -> None:
    """The text at the span reads as the item; collections keep their indentation and are left out."""
    if isinstance(item, dict | list) or item is None:
        return
    piece = text[span.offset : span.end_offset]
    # A JSON string read alone is YAML, which lacks one escape and surrogate pairs.
    again = [json.loads(piece)] if "\\ud" in piece.lower() else [d.value for d in read(piece + "\n").documents]
    assert equal(again, [item])


@given(st.lists(JSON_LIKE.filter(lambda value: value is not None), max_size=4))
def test_documents_joined_are_the_documents_alone(values: list[object]) -> None:
    text = "".join(f"---\n{dump(value)}" for value in values)
    reading = read(text)
    assert reading.problems == ()
    assert equal([document.value for document in reading.documents], values)
    assert [document.index for document in reading.documents] == list(range(len(values)))
