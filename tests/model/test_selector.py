"""Label selectors, as the API server reads them, and the indexes that answer as they do."""

from itertools import product
from typing import Any

import pytest

from bartizan.model.selector import SELECTOR, LabelIndex, SelectorIndex, is_empty, readable, selects
from bartizan.model.shape import IllTypedField, conform

LABELS = {"app": "web", "tier": "front"}


def expression(operator: str, key: str = "app", *values: str) -> dict[str, Any]:
    return {"matchExpressions": [{"key": key, "operator": operator, "values": list(values)}]}


@pytest.mark.parametrize(
    ("selector", "expected"),
    [
        ({}, True),
        ({"matchLabels": {}}, True),
        ({"matchLabels": {"app": "web"}}, True),
        ({"matchLabels": {"app": "web", "tier": "front"}}, True),
        ({"matchLabels": {"app": "web", "tier": "back"}}, False),
        ({"matchLabels": {"other": ""}}, False),
        (expression("In", "app", "api", "web"), True),
        (expression("In", "app", "api"), False),
        (expression("In", "other", "web"), False),
        (expression("NotIn", "app", "api"), True),
        (expression("NotIn", "app", "web"), False),
        (expression("NotIn", "other", "web"), True),
        (expression("Exists"), True),
        (expression("Exists", "other"), False),
        (expression("DoesNotExist"), False),
        (expression("DoesNotExist", "other"), True),
        (expression("exists"), False),
        ({"matchExpressions": [{}]}, False),
        ({"matchLabels": {"app": "web"}} | expression("DoesNotExist", "tier"), False),
        ({"matchLabels": {"app": "web"}} | expression("Exists", "tier"), True),
    ],
)
def test_every_part_must_fit(selector: dict[str, Any], expected: bool) -> None:
    """`NotIn` and `DoesNotExist` fit where the label is absent; an operator nobody knows fits nothing."""
    assert selects(selector, LABELS) is expected


def test_a_pod_without_labels_fits_the_empty_selector() -> None:
    assert selects({}, {})


@pytest.mark.parametrize(
    ("selector", "expected"),
    [
        ({}, True),
        ({"matchLabels": {}, "matchExpressions": []}, True),
        ({"matchLabels": {"app": "web"}}, False),
        (expression("Exists"), False),
    ],
)
def test_a_selector_that_says_nothing_is_empty(selector: dict[str, Any], expected: bool) -> None:
    assert is_empty(selector) is expected


VALUES = ("web", "api", None)
LABEL_SETS: list[dict[str, str]] = [
    {key: value for key, value in zip(("app", "tier"), values, strict=True) if value}
    for values in product(VALUES, repeat=2)
]
SELECTORS: list[dict[str, Any]] = [
    {},
    *({"matchLabels": labels} for labels in LABEL_SETS),
    *(expression(operator, "app", "web") for operator in ("In", "NotIn", "Exists", "DoesNotExist", "Sees")),
    expression("In", "app", "web", "api"),
    expression("In", "app", "web", "web"),
    expression("In", "app"),
    expression("Exists", "tier"),
    {"matchLabels": {"tier": "web"}} | expression("NotIn", "app", "web"),
    {"matchLabels": {"tier": "web"}} | expression("In", "app", "api"),
]


@pytest.mark.parametrize("selector", SELECTORS, ids=str)
def test_things_with_labels_are_found_as_if_each_were_tried(selector: dict[str, Any]) -> None:
    index = LabelIndex([(labels, place) for place, labels in enumerate(LABEL_SETS)])
    wanted = [place for place, labels in enumerate(LABEL_SETS) if selects(selector, labels)]
    assert list(index.selected(selector)) == wanted


@pytest.mark.parametrize("labels", LABEL_SETS, ids=str)
def test_things_with_a_selector_are_found_as_if_each_were_tried(labels: dict[str, str]) -> None:
    index = SelectorIndex([(selector, place) for place, selector in enumerate(SELECTORS)])
    wanted = {place for place, selector in enumerate(SELECTORS) if selects(selector, labels)}
    found = list(index.selecting(labels))
    assert set(found) == wanted
    assert len(found) == len(wanted)


def test_only_candidates_are_tried() -> None:
    """Ten thousand things with a label of their own and one in common: a selector of both meets one of them."""

    class Counting(dict[str, str]):
        asked = 0

        def get(self, key: str, default: Any = None) -> Any:
            Counting.asked += 1
            return super().get(key, default)

    many = [{"part-of": "shop", "app": f"web-{number}"} for number in range(10_000)]
    index = SelectorIndex([({"matchLabels": labels}, labels["app"]) for labels in many])
    assert list(index.selecting(Counting(many[7]))) == ["web-7"]
    assert Counting.asked <= 4


@pytest.mark.parametrize(
    "refusing", [expression("DoesNotExist", "part-of"), expression("NotIn", "part-of", "shop")]
)
def test_what_only_refuses_is_not_tried_on_all(refusing: dict[str, Any]) -> None:
    """Two thousand selectors that ask for no label, and as many things that each of them refuses."""

    class Counting(dict[str, str]):
        asked = 0

        def get(self, key: str, default: Any = None) -> Any:
            Counting.asked += 1
            return super().get(key, default)

    many = [Counting({"part-of": "shop", "app": f"web-{number}"}) for number in range(2_000)]
    index = SelectorIndex([(refusing, number) for number in range(2_000)])
    assert not any(list(index.selecting(labels)) for labels in many)
    things = LabelIndex((labels, labels["app"]) for labels in many)
    assert not any(list(things.selected(refusing)) for _ in range(2_000))
    assert Counting.asked == 0


@pytest.mark.parametrize(
    "ill_typed",
    [
        {"matchLabels": {"app": 1}},
        {"matchLabels": "app=web"},
        {"matchExpressions": [{"key": "app", "operator": 1}]},
        {"matchLabels": {"app": "web"}, "matchExpressions": [{"key": "app", "operator": "In", "values": "web"}]},
        {"matchExpressions": ["app"]},
    ],
)
def test_a_selector_is_readable_or_it_says_why(ill_typed: dict[str, Any]) -> None:
    with pytest.raises(IllTypedField):
        readable(conform(ill_typed, SELECTOR, (), []))
    assert readable({"matchLabels": {"app": "web"}}) == {"matchLabels": {"app": "web"}}
