"""JSON text, as kubectl reads it."""

import pytest

from bartizan.documents.entries import Duplicate
from bartizan.documents.limits import Limits
from bartizan.documents.reader import read


def values(text: str) -> list[object]:
    """The values of a text that has no problem."""
    reading = read(text)
    assert reading.problems == ()
    return [document.value for document in reading.documents]


def test_json_is_read_with_its_own_escapes() -> None:
    assert values(r'{"a": "\/\ud83d\ude00\u0061\n\"\\"}') == [{"a": '/😀a\n"\\'}]


def test_words_of_yaml_are_strings_in_json() -> None:
    assert values('{"a": "yes", "0x10": "0x10", "<<": {"b": 1}}') == [{"a": "yes", "0x10": "0x10", "<<": {"b": 1}}]


def test_json_documents_may_stand_in_a_row() -> None:
    assert values('{"a":1}{"é":2}\n\n[3]  ') == [{"a": 1}, {"é": 2}, [3]]
    assert values('{"a":"\\/"}\n---\n{"b":"\\/"}\n---\nc: 3\n') == [{"a": "/"}, {"b": "/"}, {"c": 3}]
    assert [document.index for document in read('{"a":1}{"b":2}').documents] == [0, 1]


def test_a_flow_mapping_that_is_no_json_is_yaml() -> None:
    assert values("{a: yes, b: [x]}\n") == [{"a": True, "b": ["x"]}]
    assert values('{"a": 1} # comment\n') == [{"a": 1}]


def test_numbers_are_those_of_the_api_machinery() -> None:
    [value] = values('{"a": 1.0, "b": 1e2, "c": 9223372036854775808, "d": 0.5, "e": true}')
    assert repr(value) == "{'a': 1, 'b': 100, 'c': 9.223372036854776e+18, 'd': 0.5, 'e': True}"


def test_a_number_beyond_all_floats_is_refused() -> None:
    assert [problem.code for problem in read('{"a": 1e400}').problems] == ["value"]


def test_json_has_marks_behind_escapes_and_other_documents() -> None:
    text = '{"x": 1}\n {"k\\n": ["\\"", {"é": 12}],\n\t"\\/": {"b": "c"}}'
    document = read(text).documents[1]
    assert document.marks is not None

    for path, expected in [(("k\n", 1, "é"), "12"), (("/", "b"), '"c"'), (("k\n", 0), '"\\""')]:
        span = document.marks.value(path, document.value)
        assert span is not None
        assert text[span.offset : span.end_offset] == expected
    assert text[slice(*document.span)] == text[text.index('{"k') :]


def test_a_repeated_key_is_told() -> None:
    document = read('{"k\\n": {"a": 1, "a": 2}}').documents[0]
    assert document.value == {"k\n": {"a": 2}}
    assert document.duplicates == (Duplicate(("k\n", "a"), 9, 17),)


def test_two_spellings_of_one_key_cost_the_marks_and_nothing_else() -> None:
    document = read('{"a": 1, "\\u0061": 2}').documents[0]
    assert (document.value, document.marks) == ({"a": 2}, None)


def test_good_json_before_a_fault_is_kept() -> None:
    reading = read('{"a":1}\n{"b":')
    assert [document.value for document in reading.documents] == [{"a": 1}]
    assert [(p.code, p.line, p.index) for p in reading.problems] == [("syntax", 2, 1)]


@pytest.mark.parametrize("depth", [51, 100_000])
def test_json_that_is_nested_too_deep_is_refused(depth: int) -> None:
    reading = read("[" * depth + "]" * depth, Limits(depth=50))
    assert reading.documents == ()
    assert [problem.code for problem in reading.problems] == ["depth"]


def test_a_key_longer_than_libyaml_takes_costs_the_marks_only() -> None:
    key = "k" * 2000
    [document] = read(f'{{"{key}": 1}}').documents
    assert (document.value, document.marks) == ({key: 1}, None)
