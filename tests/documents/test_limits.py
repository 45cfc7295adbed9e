"""Hostile sizes end in a problem, soon, and never in an exception."""

import pytest

from bartizan.documents.limits import Limits
from bartizan.documents.reader import read


def codes(text: str | bytes, limits: Limits | None = None) -> list[str]:
    """The codes of the problems of a text that has no document."""
    reading = read(text, limits or Limits())
    assert reading.documents == ()
    return [problem.code for problem in reading.problems]


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? ", '{"a":', "[[", "&a [", "!x {"])
def test_deep_nesting_is_refused(opening: str) -> None:
    assert codes(opening * 100_000) in (["depth"], ["syntax"], ["non-string-key"])


def test_the_limit_of_depth_is_exact() -> None:
    limits = Limits(depth=3)
    assert read("[[[1]]]\n", limits).problems == ()
    assert read("a:\n- b: 1\n", limits).problems == ()
    assert codes("[[[[1]]]]\n", limits) == ["depth"]
    assert codes("a:\n- b: [1]\n", limits) == ["depth"]


def test_the_default_depth_leaves_room_to_recurse() -> None:
    text = "[" * 200 + "]" * 200
    [document] = read(text).documents
    assert repr(document.value) == text


def test_too_many_bytes_are_refused() -> None:
    assert codes("a: 1\n", Limits(bytes=4)) == ["size"]
    assert codes(b"a: 1\n", Limits(bytes=4)) == ["size"]


def test_too_many_nodes_are_refused_and_other_documents_kept() -> None:
    text = "a: 1\n---\n" + "- x\n" * 100 + "---\nb: 2\n"
    reading = read(text, Limits(nodes=50))
    assert [document.value for document in reading.documents] == [{"a": 1}, {"b": 2}]
    assert [(problem.code, problem.index) for problem in reading.problems] == [("size", 1)]
    assert codes("[" + "1," * 100 + "1]", Limits(nodes=50)) == ["size"]


@pytest.mark.parametrize("text", ["---\n" * 11, "---\na: [\n" * 11, '{"a":1}' * 11])
def test_too_many_documents_are_refused(text: str) -> None:
    assert codes(text, Limits(documents=10)) == ["size"]
    assert all(problem.code == "syntax" for problem in read(text, Limits(documents=11)).problems)


def test_one_line_of_ten_megabytes_is_read() -> None:
    text = "a: " + "x" * 10_000_000 + "\n"
    [document] = read(text).documents
    assert document.marks is not None
    span = document.marks.value(("a",), document.value)
    assert span is not None
    assert span.end_column == len(text)


def test_many_duplicate_keys_take_no_quadratic_time() -> None:
    keys = "".join(f"k{number}: 1\n" for number in range(20_000))
    [document] = read(keys + keys).documents
    assert len(document.duplicates) == 20_000


def test_many_bad_documents_take_no_quadratic_time() -> None:
    reading = read("a: [\n---\n" * 5_000)
    assert len(reading.problems) == 5_000
