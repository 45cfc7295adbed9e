"""Types and values in a reader's words."""

from collections.abc import Mapping
from typing import Any

import msgspec

from bartizan.model.finding import PERSONAS, SEVERITIES

_ORDERS: tuple[tuple[str, ...], ...] = (SEVERITIES, PERSONAS)
"""Choices that have an order of their own, which a JSON Schema forgets."""
_WORDS = {"boolean": "true or false", "integer": "whole number", "object": "mapping"}


def plain(value: Any) -> str:
    """A value as YAML would read it, on one line."""
    return msgspec.json.format(msgspec.json.encode(value), indent=0).decode()


def resolved(schema: Mapping[str, Any], shapes: Mapping[str, Any]) -> Mapping[str, Any]:
    """A schema with its reference followed."""
    reference = schema.get("$ref")
    return shapes[reference.rpartition("/")[2]] if reference else schema


def kind(schema: Mapping[str, Any], shapes: Mapping[str, Any]) -> str:
    """A schema in a reader's words."""
    shape = resolved(schema, shapes)
    if "enum" in shape:
        choices = {value for value in shape["enum"] if value is not None}
        ordered = next((order for order in _ORDERS if set(order) == choices), sorted(choices))
        return ", ".join(f"`{value}`" for value in ordered)
    if "anyOf" in shape:
        return " or ".join(kind(one, shapes) for one in shape["anyOf"] if one.get("type") != "null")
    if shape.get("type") == "array":
        return f"list of {kind(shape.get('items', {}), shapes)}"
    if isinstance(shape.get("additionalProperties"), dict):
        return f"mapping to {kind(shape['additionalProperties'], shapes)}"
    name = str(shape.get("type", "anything"))
    return _WORDS.get(name, name)
