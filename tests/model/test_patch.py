"""Fixes applied to plain values."""

import copy
from typing import Any

import pytest

from bartizan.model.finding import Op
from bartizan.model.patch import PatchError, apply

Path = tuple[str | int, ...]


@pytest.mark.parametrize(
    ("raw", "ops", "expected"),
    [
        ({}, [Op("set", ("a", "b", "c"), 1)], {"a": {"b": {"c": 1}}}),
        ({"a": None}, [Op("set", ("a", "b"), 1)], {"a": {"b": 1}}),
        ({"a": {"b": 1, "c": 2}}, [Op("set", ("a", "b"), 3)], {"a": {"b": 3, "c": 2}}),
        ({"a": [{}, {}]}, [Op("set", ("a", 1, "b"), 1)], {"a": [{}, {"b": 1}]}),
        ({"a": [1]}, [Op("append", ("a",), 2)], {"a": [1, 2]}),
        ({}, [Op("append", ("a",), 2)], {"a": [2]}),
        ({"a": None}, [Op("append", ("a",), 2)], {"a": [2]}),
        ({"a": 1, "b": 2}, [Op("remove", ("a",))], {"b": 2}),
        ({"a": [1, 2, 3, 4]}, [Op("remove", ("a", 0)), Op("remove", ("a", 2))], {"a": [2, 4]}),
        ({"a": [[1, 2], [3]]}, [Op("remove", ("a", 0)), Op("remove", ("a", 0, 1))], {"a": [[3]]}),
        ({"a": [1]}, [Op("remove", ("a", 0)), Op("append", ("a",), 2)], {"a": [2]}),
    ],
)
def test_a_fix_changes_what_it_names(raw: Any, ops: list[Op], expected: Any) -> None:
    """Removals come last and from the end, so that no step moves the target of another."""
    before = copy.deepcopy(raw)
    assert apply(tuple(ops), raw) == expected
    assert raw == before


@pytest.mark.parametrize(
    ("raw", "op"),
    [
        ({"a": "text"}, Op("set", ("a", "b"), 1)),
        ({"a": []}, Op("set", ("a", 0, "b"), 1)),
        ({}, Op("remove", ("a",))),
        ({}, Op("remove", ("a", "b"))),
        ({"a": [1]}, Op("remove", ("a", 1))),
        ([], Op("set", ("a",), 1)),
        ({"a": 5}, Op("append", ("a",), 1)),
        ("text", Op("append", ("a",), 1)),
    ],
)
def test_a_fix_that_does_not_fit_says_so(raw: Any, op: Op) -> None:
    with pytest.raises(PatchError):
        apply((op,), raw)
