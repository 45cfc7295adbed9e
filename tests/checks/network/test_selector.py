"""Label selectors, as the API server reads them."""

from typing import Any

import pytest

from bartizan.checks.network._selector import selects

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
