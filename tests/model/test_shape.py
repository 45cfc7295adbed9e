"""A view that cannot be misread: nulls are absent, and reading an ill-typed field raises."""

from collections.abc import Callable
from typing import Any, NoReturn

import pytest

from bartizan.model.shape import (
    FLAG,
    TEXT,
    TEXT_MAP,
    TEXTS,
    WHOLE,
    Fields,
    Guarded,
    IllTyped,
    IllTypedField,
    ListOf,
    Partial,
    conform,
)

SHAPE = Fields(
    {
        "flag": FLAG,
        "text": TEXT,
        "whole": WHOLE,
        "texts": TEXTS,
        "map": TEXT_MAP,
        "list": ListOf(Fields({"n": TEXT})),
    }
)


def view(value: Any) -> tuple[Any, list[str]]:
    """The view, and where it is ill-typed."""
    problems: list[IllTyped] = []
    made = conform(value, SHAPE, ("root",), problems)
    return made, [".".join(map(str, problem.path)) for problem in problems]


def test_what_fits_is_the_same_value() -> None:
    """Nothing is copied in the common case."""
    value = {
        "flag": True,
        "texts": ["a"],
        "map": {"a": "b"},
        "list": [{"n": "x", "other": 1}],
        "unknown": object(),
    }
    made, problems = view(value)
    assert made is value
    assert problems == []


def test_a_null_is_absent() -> None:
    made, problems = view({"flag": None, "text": "a", "map": {"a": None}, "list": None})
    assert (made, problems) == ({"text": "a", "map": {}}, [])


@pytest.mark.parametrize(
    ("value", "path"),
    [
        ({"flag": "true"}, "root.flag"),
        ({"flag": 1}, "root.flag"),
        ({"whole": True}, "root.whole"),
        ({"whole": 1.0}, "root.whole"),
        ({"text": 5}, "root.text"),
        ({"texts": "a"}, "root.texts"),
        ({"texts": ["a", 5]}, "root.texts.1"),
        ({"texts": [None]}, "root.texts.0"),
        ({"map": ["a"]}, "root.map"),
        ({"map": {"a": 1}}, "root.map.a"),
        ({"list": [{"n": 1}]}, "root.list.0.n"),
        ({"list": [[]]}, "root.list.0"),
    ],
)
def test_an_ill_typed_field_is_told_once_and_raises_where_it_is_read(value: dict[str, Any], path: str) -> None:
    made, problems = view(value)
    assert problems == [path]
    with pytest.raises(IllTypedField, match=r"`root\..*` should be .* but is "):
        _read_all(made)


def test_its_neighbours_can_be_read() -> None:
    made, problems = view({"flag": "x", "text": "a", "map": {"a": 1, "b": "c"}})
    assert problems == ["root.flag", "root.map.a"]
    assert (made["text"], made.get("texts", ()), made["map"]["b"], "text" in made) == ("a", (), "c", True)


@pytest.mark.parametrize(
    "read",
    [
        lambda guarded: guarded["flag"],
        lambda guarded: guarded.get("flag"),
        lambda guarded: "flag" in guarded,
        list,
        len,
        dict,
        lambda guarded: guarded == {},
        lambda guarded: {**guarded},
        lambda guarded: guarded.items(),
        lambda guarded: guarded.values(),
        lambda guarded: guarded.keys(),
        lambda guarded: guarded | {},
    ],
)
def test_no_way_of_reading_takes_it_for_absent(read: Callable[[Any], object]) -> None:
    made, _ = view({"flag": "x"})
    assert isinstance(made, Guarded)
    assert bool(made)
    with pytest.raises(IllTypedField):
        read(made)


@pytest.mark.parametrize("value", ["text", 5, [], True])
def test_a_root_that_does_not_fit_raises_at_once(value: Any) -> None:
    with pytest.raises(IllTypedField, match="`root` should be a mapping"):
        view(value)


def _read_all(value: Any) -> None:
    for item in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        _read_all(item)


class Half(Partial):
    """Of which only some fields were read."""

    def refuse(self) -> NoReturn:
        raise LookupError("nobody looked")


HALF = Fields({"name": TEXT, "labels": TEXT_MAP})


@pytest.mark.parametrize("raw", [{"name": "a"}, {"name": None, "labels": {"a": "b"}}, {"labels": {"a": None}}])
def test_a_partial_mapping_stays_one_when_it_is_read(raw: dict[str, Any]) -> None:
    """Whether or not anything had to be changed for it: what was not read is never absent."""
    fitted = conform(Half(raw), HALF, (), [])
    for ask in (lambda: fitted.get("data"), lambda: fitted["data"], lambda: "data" in fitted, fitted.keys):
        with pytest.raises(LookupError):
            ask()


def test_a_partial_mapping_gives_what_was_read() -> None:
    fitted = conform(Half({"name": "a"}), HALF, (), [])
    assert (fitted.get("name"), fitted["name"], "name" in fitted, bool(fitted)) == ("a", "a", True, True)


def test_what_is_ill_typed_in_a_partial_mapping_is_told() -> None:
    with pytest.raises(IllTypedField):
        conform(Half({"labels": "x", "name": "a"}), HALF, (), [])
