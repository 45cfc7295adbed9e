"""Paths inside an object, and paths that survive reordering."""

import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bartizan.model.path import get, keyed

RAW = {
    "spec": {
        "containers": [
            {"name": "app", "env": [{"name": "A", "value": "1"}], "args": ["--x", "--y"]},
            {"image": "x:1", "env": [{"value": "hidden"}]},
        ],
        "ports": [{"containerPort": 80}, {"containerPort": 81}],
        "rules": [{"verbs": ["get"], "resources": ["pods"]}],
    }
}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=10,
)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ((), RAW),
        (("spec", "containers", 0, "name"), "app"),
        (("spec", "containers", 2), None),
        (("spec", "containers", -1), None),
        (("spec", "containers", "0"), None),
        (("spec", 0), None),
        (("spec", "containers", 0, "name", "x"), None),
    ],
)
def test_the_value_at_a_path_or_nothing(path: Any, value: Any) -> None:
    assert get(RAW, path) == value


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ((), ""),
        (("spec", "containers", 0, "env", 0, "value"), "spec.containers[app].env[A].value"),
        (("spec", "containers", 1, "image"), "spec.containers[#1].image"),
        (("spec", "containers", 0, "args", 1), "spec.containers[app].args[--y]"),
        (("spec", "ports", 1), "spec.ports[81]"),
        (("spec", "nowhere", 3), "spec.nowhere[None]"),
    ],
)
def test_items_are_called_by_what_identifies_them(path: Any, text: str) -> None:
    assert keyed(path, RAW) == text


def test_an_item_without_a_name_is_called_by_its_content_and_does_not_show_it() -> None:
    one, other = ({"rules": [{"verbs": [verb], "token": "hidden"}]} for verb in ("get", "list"))
    texts = {keyed(("rules", 0), raw) for raw in (one, other)}
    assert len(texts) == 2
    assert not any("hidden" in text or "get" in text for text in texts)
    again = {"rules": [{"first": 1}, {"token": "hidden", "verbs": ["get"]}]}
    assert keyed(("rules", 1), again) == keyed(("rules", 0), one)


def test_a_container_without_a_name_stays_itself_with_a_new_image() -> None:
    """Knative leaves the name out: else each roll-out would make all its findings new."""
    texts = {keyed(("containers", 0, "image"), {"containers": [{"image": f"x:{tag}"}]}) for tag in "12"}
    assert len(texts) == 1


@given(st.lists(st.text(max_size=3), unique=True, max_size=5), st.integers(0, 9))
def test_the_order_of_named_items_does_not_matter(names: list[str], seed: int) -> None:
    items = [{"name": name} for name in names]
    shuffled = random.Random(seed).sample(items, len(items))
    before = {keyed(("a", index), {"a": items}) for index in range(len(items))}
    after = {keyed(("a", index), {"a": shuffled}) for index in range(len(items))}
    assert before == after


@given(JSON, st.lists(st.text(max_size=3) | st.integers(-1, 3), max_size=5))
def test_no_object_is_too_odd(raw: Any, path: list[Any]) -> None:
    get(raw, tuple(path))
    assert isinstance(keyed(tuple(path), raw), str)
