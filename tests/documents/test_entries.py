"""Merges, anchors and duplicate keys, as go-yaml v2 has them."""

import pytest

from bartizan.documents.entries import Duplicate
from bartizan.documents.limits import Limits
from bartizan.documents.reader import Document, read

MERGES = [
    ("x: &x {a: 2}\nm: {<<: *x, a: 1}\n", {"a": 1}),
    # go-yaml acts in the order of the text: a merge below a key overrides it.
    ("x: &x {a: 2}\nm: {a: 1, <<: *x}\n", {"a": 2}),
    ("m: {<<: [{a: 1, b: 1}, {a: 2, c: 2}]}\n", {"a": 1, "c": 2, "b": 1}),
    ("x: &x {a: 1}\ny: &y {<<: *x, b: 2}\nm: {<<: *y}\n", {"a": 1, "b": 2}),
    ("m: {!!merge <<: {a: 1}}\n", {"a": 1}),
    ("m: {! <<: {a: 1}}\n", {"a": 1}),
    ('m: {"<<": {a: 1}}\n', {"<<": {"a": 1}}),
    ("m: {!!str <<: {a: 1}}\n", {"<<": {"a": 1}}),
]


def only(text: str) -> Document:
    """The one document of a text that has no problem."""
    reading = read(text)
    assert reading.problems == ()
    [document] = reading.documents
    return document


def codes(text: str, limits: Limits | None = None) -> list[str]:
    """The codes of a text's problems; it must have no document."""
    reading = read(text, limits or Limits())
    assert reading.documents == ()
    return [problem.code for problem in reading.problems]


@pytest.mark.parametrize(("text", "expected"), MERGES)
def test_a_merge_acts_as_in_kubectl(text: str, expected: object) -> None:
    value = only(text).value
    assert isinstance(value, dict)
    assert value["m"] == expected


@pytest.mark.parametrize("merged", ["1", "~", "[1]", "[[{a: 1}]]", "*l", "[*l]", "*s"])
def test_a_merge_of_something_else_than_mappings_is_refused(merged: str) -> None:
    assert codes(f"l: &l [{{a: 1}}]\ns: &s x\nm:\n  <<: {merged}\n") == ["merge"]


def test_the_marks_of_a_merged_key_lead_to_its_origin() -> None:
    text = "x: &x\n  a: 2\nm:\n  b: 1\n  <<: *x\n"
    document = only(text)
    assert document.marks is not None

    span = document.marks.span(("m", "a"), document.value)
    assert span is not None
    assert text[span.offset : span.end_offset] == "a: 2"
    assert document.duplicates == ()


def test_of_a_repeated_key_the_last_wins_and_both_places_are_told() -> None:
    text = "p:\n- a: 1\n  b: 2\n  a: [3]\n"
    document = only(text)
    assert document.marks is not None

    assert document.value == {"p": [{"a": [3], "b": 2}]}
    path = ("p", 0, "a")
    assert document.duplicates == (Duplicate(path, text.index("a: 1"), text.index("a: [3]")),)
    span = document.marks.span(path, document.value)
    assert span is not None
    assert text[span.offset : span.end_offset] == "a: [3]"
    other = document.marks.span(("p", 0, "b"), document.value)
    assert other is not None
    assert text[other.offset : other.end_offset] == "b: 2"


def test_keys_that_become_one_string_are_duplicates() -> None:
    assert only("1: a\n'1': b\n").duplicates == (Duplicate(("1",), 0, 5),)


def test_what_a_merge_overrides_is_no_duplicate() -> None:
    assert only("x: &x {a: 1}\nm: {<<: *x, a: 2}\n").duplicates == ()


def test_an_alias_repeats_values_and_keys() -> None:
    assert only("a: &x 0x10\nb: *x\nc: &l [1]\nd: *l\n*x : e\n").value == {
        "a": 16,
        "b": 16,
        "c": [1],
        "d": [1],
        "16": "e",
    }


def test_a_path_below_an_alias_leads_to_the_anchor() -> None:
    text = "a: &x {k: v}\nb: *x\n"
    document = only(text)
    assert document.marks is not None

    alias = document.marks.value(("b",), document.value)
    inner = document.marks.value(("b", "k"), document.value)
    assert alias is not None
    assert inner is not None
    assert text[alias.offset : alias.end_offset] == "*x"
    assert text[inner.offset : inner.end_offset] == "v"


@pytest.mark.parametrize("text", ["a: *b\n", "&a [*a]\n", "&a {b: [*a]}\n"])
def test_an_alias_without_end_or_beginning_is_refused(text: str) -> None:
    assert codes(text) == ["aliases"]


def test_a_later_anchor_of_the_same_name_takes_over() -> None:
    assert only("a: &x 1\nb: *x\nc: &x 2\nd: *x\n").value == {"a": 1, "b": 1, "c": 2, "d": 2}
    assert only("&x [&x 1, *x]\n").value == [1, 1]


def test_a_billion_laughs_are_refused() -> None:
    lines = ["a0: &a0 [lol, lol]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 10)]
    assert codes("\n".join(lines)) == ["aliases"]


def test_aliases_may_repeat_up_to_the_limit() -> None:
    text = f"a: &a [1, 2, 3]\nb: [{', '.join(['*a'] * 20)}]\n"
    assert codes(text, Limits(alias_nodes=79)) == ["aliases"]
    assert read(text, Limits(alias_nodes=80)).problems == ()


def test_aliases_that_nest_deeper_than_the_limit_are_refused() -> None:
    chain = ["a0: &a0 [x]", *(f"a{n}: &a{n} [*a{n - 1}]" for n in range(1, 60))]
    assert codes("\n".join(chain), Limits(depth=50)) == ["depth"]
    assert read("\n".join(chain), Limits(depth=100)).problems == ()
