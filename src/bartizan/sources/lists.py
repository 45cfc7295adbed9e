"""What kubectl takes for a list: any object with `items`, whatever its kind says."""

from typing import Any

_FIELDS_OF_A_LIST = frozenset({"apiVersion", "kind", "metadata", "items"})


def is_list(value: dict[str, Any], kind: str) -> bool:
    """Whether kubectl would apply the items of an object in place of it.

    An object that is not called a list is one where something in its `items` looks like an object.
    """
    if kind == "List":
        return isinstance(value.get("items"), list | None)
    items = value.get("items", "")
    if kind.endswith("List"):
        return isinstance(items, list | None)
    return isinstance(items, list) and any(_looks_like_an_object(item) for item in items)


def beside_items(value: dict[str, Any]) -> dict[str, Any] | None:
    """The object that a list is as well, if it has any field that a list has not: other tools may apply it."""
    own = {key: item for key, item in value.items() if key != "items"}
    return own if own.keys() - _FIELDS_OF_A_LIST else None


def _looks_like_an_object(item: Any) -> bool:
    """Without a type of its own it is of the list's kind."""
    return isinstance(item, dict) and (
        {"apiVersion", "kind"} <= item.keys() or isinstance(item.get("metadata"), dict)
    )
