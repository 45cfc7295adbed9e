"""Several documents, and what remains when one of them is bad."""

import pytest

from bartizan.documents.problems import CODES
from bartizan.documents.reader import Reading, read


def shape(reading: Reading) -> tuple[list[tuple[int, object]], list[tuple[int, str, int, int]]]:
    """Index and value of each document; index, code, line and column of each problem."""
    return (
        [(document.index, document.value) for document in reading.documents],
        [(p.index, p.code, p.line, p.column) for p in reading.problems],
    )


def test_documents_are_counted_with_the_empty_ones_and_these_are_skipped() -> None:
    text = "# only a comment\n---\na: 1\n---\n# nothing\n---\nnull\n--- # c\nb: 2\n"
    assert shape(read(text)) == ([(0, {"a": 1}), (3, {"b": 2})], [])


@pytest.mark.parametrize("text", ["", "\n", "# c\n", "---\n", "---\n---\n", "~\n", "\ufeff", "null"])
def test_an_empty_text_has_no_documents_and_no_problems(text: str) -> None:
    assert read(text) == Reading((), ())


def test_a_bad_document_leaves_the_others() -> None:
    text = "a: 1\n---\nb: [1\n---\nc: 'x\n---\nd: 4\n"
    assert shape(read(text)) == ([(0, {"a": 1}), (3, {"d": 4})], [(1, "syntax", 3, 4), (2, "syntax", 5, 4)])


def test_marks_and_spans_behind_a_bad_document_are_those_of_the_whole_text() -> None:
    text = "a: [\n---\nb: é\nc:\n  d: 1\n  d: 2\n"
    [document] = read(text).documents
    assert document.marks is not None

    span = document.marks.value(("c", "d"), document.value)
    assert span is not None
    assert (span.line, span.column, text[span.offset : span.end_offset]) == (6, 6, "2")
    assert text[slice(*document.span)] == "---\nb: é\nc:\n  d: 1\n  d: 2"
    [duplicate] = document.duplicates
    assert text[duplicate.first :].startswith("d: 1")
    assert text[duplicate.winner :].startswith("d: 2")


def test_separators_inside_block_scalars_separate_nothing() -> None:
    text = "a: |\n  ---\n  x\n---\nb: [1\n"
    assert shape(read(text)) == ([(0, {"a": "---\nx\n"})], [(1, "syntax", 5, 4)])


def test_directives_stay_with_their_document() -> None:
    text = "a: [1\n...\n%TAG !y! tag:yaml.org,2002:\n---\nv: !y!str 1\n"
    assert shape(read(text)) == ([(1, {"v": "1"})], [(0, "syntax", 1, 4)])


def test_text_behind_a_document_is_a_problem_and_the_document_remains() -> None:
    """Kubectl applies the first and never looks at the rest."""
    assert shape(read("---\n a: 1\nb: 2\n")) == ([(0, {"a": 1})], [(1, "syntax", 3, 1)])
    assert shape(read("a: 1\n...\n}garbage\n")) == ([(0, {"a": 1})], [(1, "syntax", 3, 1)])


@pytest.mark.parametrize(
    ("text", "code", "line", "column", "word"),
    [
        ("a:\n\tb: 1\n", "syntax", 2, 1, "tab"),
        ("a: 'x\nb: 1\n", "syntax", 1, 4, "quote"),
        ("a:\n  b: 1\n c: 2\n", "syntax", 3, 2, "indentation"),
        ("a: b: c\n", "syntax", 1, 5, "quote the value"),
        ("a: [1, 2\nb: 3\n", "syntax", 1, 4, "["),
        ("a: *b\n", "aliases", 1, 4, "quotes"),
        ("a: {b: .inf}\n", "value", 1, 8, "quote"),
        ("a:\n  ? [x]\n  : 1\n", "non-string-key", 2, 5, "key"),
        ("a: {{ .Values.a }}\n", "template", 1, 4, "render"),
        ("a: 1\n{{- if .x }}\nb: 2\n{{ end }}\n", "template", 2, 1, "render"),
        ("a: 1\nb: \x07\n", "encoding", 2, 4, "U+0007"),
        ("a: 1\0\n", "encoding", 1, 5, "U+0000"),
    ],
)
def test_a_problem_says_where_and_what_to_do(text: str, code: str, line: int, column: int, word: str) -> None:
    [problem] = read(text).problems
    assert (problem.code, problem.line, problem.column) == (code, line, column)
    assert word in problem.message
    assert "\n" not in problem.message


def test_an_action_inside_a_string_makes_no_template() -> None:
    text = 'a: "{{ $labels.x }}"\nb: \'x\n'
    assert [problem.code for problem in read(text).problems] == ["syntax"]
    assert read("a: 'x{{ y }}'\n").problems == ()


def test_every_code_has_a_sentence() -> None:
    assert all(sentence.endswith(".") for sentence in CODES.values())
    assert list(CODES) == sorted(CODES)


def test_bytes_that_are_no_utf8_are_a_problem_of_their_document() -> None:
    assert shape(read(b"a: 1\n---\nb: caf\xe9\n---\nc: 3\n")) == (
        [(0, {"a": 1}), (2, {"c": 3})],
        [(1, "encoding", 3, 7)],
    )


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_needs_its_byte_order_mark(encoding: str) -> None:
    assert read("\ufeffé: 1\n".encode(encoding)).documents[0].value == {"é": 1}
    assert [problem.code for problem in read("é: 1\n".encode(encoding)).problems] == ["encoding"]


def test_half_a_utf16_character_is_refused() -> None:
    reading = read("\ufeffa: 1\n".encode("utf-16-le") + b"\x00")
    assert reading.documents == ()
    assert [problem.code for problem in reading.problems] == ["encoding"]


def test_a_byte_order_mark_is_skipped_at_the_start_of_a_document_only() -> None:
    assert read("\ufeffa: 1\n---\n\ufeffb: 2\n").documents[1].value == {"b": 2}
    assert read("a:\n\ufeff  b: 2\n").documents[0].value == {"a": None, "\ufeff  b": 2}


def test_line_ends_of_all_systems_are_read() -> None:
    assert read("a: 1\r\n---\r\nb: |\r\n  x\r\n  y\r\n").documents[1].value == {"b": "x\ny\n"}
    assert read("a: 1\rb: 2\r").documents[0].value == {"a": 1, "b": 2}


def test_an_apostrophe_may_be_escaped_in_double_quotes() -> None:
    text = "a: \"it\\'s\"\nb: it\\'s\nc: 'it\\'\n"
    assert read(text).documents[0].value == {"a": "it's", "b": "it\\'s", "c": "it\\"}


def test_text_like_our_own_masks_stays_as_it_is() -> None:
    text = 'a: "\uf8fe\uf8ff\uf8fd"\nb:\n\ufeff  c: 1\n'
    assert read(text.replace("\ufeff", "")).documents[0].value == {"a": "\uf8fe\uf8ff\uf8fd", "b": {"c": 1}}
    json_text = '{"\uf8f0": "\uf8f1"}'
    assert read(json_text).documents[0].value == {"\uf8f0": "\uf8f1"}
