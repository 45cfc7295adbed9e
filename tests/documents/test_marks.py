"""Marks: the place of every key and value."""

from bartizan.documents.marks import Source, Span
from bartizan.documents.reader import Document, read

TEXT = """\
# a Pod
kind: Pod
spec:
  containers:
  - name: "a b"   # quoted
    image: nginx

  - name: b
    args: [x, {z: 1}]
  empty:
  text: |
    one
    two
# end
"""


def document(text: str) -> Document:
    """The one document of a text."""
    [found] = read(text).documents
    return found


def slices(text: str, path: tuple[str | int, ...]) -> tuple[str | None, str | None]:
    """The text of the key and of the value at a path."""
    found = document(text)
    assert found.marks is not None
    key = found.marks.key(path, found.value)
    value = found.marks.value(path, found.value)
    return (
        text[key.offset : key.end_offset] if key else None,
        text[value.offset : value.end_offset] if value else None,
    )


def test_a_key_and_a_scalar_are_marked_exactly() -> None:
    assert slices(TEXT, ("spec", "containers", 0, "name")) == ("name", '"a b"')
    assert slices(TEXT, ("spec", "containers", 1, "args", 1, "z")) == ("z", "1")


def test_a_block_collection_ends_with_its_last_entry() -> None:
    assert slices(TEXT, ("spec", "containers", 0)) == (None, 'name: "a b"   # quoted\n    image: nginx')
    assert slices(TEXT, ("spec", "containers"))[1] == TEXT[TEXT.index("- name") : TEXT.index("\n  empty")]


def test_a_flow_collection_has_its_brackets() -> None:
    assert slices(TEXT, ("spec", "containers", 1, "args")) == ("args", "[x, {z: 1}]")


def test_a_missing_value_is_marked_after_its_key() -> None:
    assert slices(TEXT, ("spec", "empty")) == ("empty", "")
    found = document("? a\n\n? b\n: c\n")
    assert found.marks is not None
    assert found.marks.value(("a",), found.value) == Span(1, 4, 1, 4, 3, 3)


def test_the_root_is_marked() -> None:
    key, value = slices(TEXT, ())
    assert key is None
    assert value is not None
    assert value.startswith("kind")


def test_a_path_that_is_not_there_has_no_mark() -> None:
    for path in [
        ("x",),
        ("kind", 0),
        ("spec", "containers", 2),
        ("spec", 0),
        ("spec", "containers", "a"),
        (-1,),
    ]:
        assert slices(TEXT, path) == (None, None)


def test_nearest_is_the_deepest_entry_that_exists() -> None:
    found = document(TEXT)
    assert found.marks is not None

    span = found.marks.nearest(("spec", "containers", 1, "securityContext", "privileged"), found.value)
    assert TEXT[span.offset : span.end_offset] == "name: b\n    args: [x, {z: 1}]"
    assert (span.line, span.column) == (8, 5)
    span = found.marks.nearest(("kind", "x"), found.value)
    assert TEXT[span.offset : span.end_offset] == "kind: Pod"


def test_columns_count_characters_and_lines_end_in_every_way() -> None:
    text = "é: 1\r\nb: ü\rc: {d: 😀, e: 2}\n"
    found = document(text)
    assert found.marks is not None

    assert found.marks.key(("b",), found.value) == Span(2, 1, 2, 2, 6, 7)
    assert found.marks.key(("c", "e"), found.value) == Span(3, 11, 3, 12, 21, 22)


def test_a_byte_order_mark_counts_as_a_character_of_the_text() -> None:
    found = document("\ufeffa: 1\n")
    assert found.marks is not None
    assert found.marks.key(("a",), found.value) == Span(1, 2, 1, 3, 1, 2)


def test_a_span_ends_with_the_text_although_the_reader_adds_a_line_end() -> None:
    text = "a: |\n  x"
    assert slices(text, ("a",)) == ("a", "|\n  x")
    found = document(text)
    assert found.value == {"a": "x\n"}
    assert found.marks is not None
    span = found.marks.value(("a",), found.value)
    assert span is not None
    assert span.end_offset == len(text)


def test_a_source_finds_the_position_of_every_offset() -> None:
    source = Source("ab\n\nc")
    assert [source.position(offset) for offset in range(6)] == [
        (1, 1),
        (1, 2),
        (1, 3),
        (2, 1),
        (3, 1),
        (3, 2),
    ]
