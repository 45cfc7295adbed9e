"""Label selectors, as the API server reads them."""

from typing import Any

from bartizan.model.shape import TEXT, TEXT_MAP, TEXTS, Fields, ListOf

SELECTOR = Fields(
    {
        "matchLabels": TEXT_MAP,
        "matchExpressions": ListOf(Fields({"key": TEXT, "operator": TEXT, "values": TEXTS})),
    }
)


def selects(selector: dict[str, Any], labels: dict[str, str]) -> bool:
    """Whether the labels fit every part of the selector; an empty one selects everything."""
    for key, value in selector.get("matchLabels", {}).items():
        if labels.get(key) != value:
            return False
    return all(_fits(expression, labels) for expression in selector.get("matchExpressions", ()))


def _fits(expression: dict[str, Any], labels: dict[str, str]) -> bool:
    value = labels.get(expression.get("key", ""))
    match expression.get("operator"):
        case "In":
            return value is not None and value in expression.get("values", ())
        case "NotIn":
            return value is None or value not in expression.get("values", ())
        case "Exists":
            return value is not None
        case "DoesNotExist":
            return value is None
        case _:
            return False  # the API server refuses the object, which then selects nothing
