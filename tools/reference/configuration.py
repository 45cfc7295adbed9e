"""The keys of `bartizan.yaml`, from its JSON Schema."""

from collections.abc import Iterator, Mapping
from typing import Any

from tools.reference.kinds import kind, plain, resolved

INTRODUCTION = """\
# bartizan.yaml

The nearest file up the tree from what is scanned counts, up to the repository's root.
Every key may be left out, an unknown key is an error, and flags beat the file.
Editors complete and check it with the JSON Schema in `bartizan/data/schemas/configuration.schema.json`.

| Key | Type | Default | |
|---|---|---|---|
"""


def configuration_page(schema: Mapping[str, Any]) -> str:
    """A table of the keys."""
    return INTRODUCTION + "\n".join(_keys(schema, schema.get("$defs", {}), ""))


def _keys(schema: Mapping[str, Any], shapes: Mapping[str, Any], prefix: str) -> Iterator[str]:
    for name, given in resolved(schema, shapes).get("properties", {}).items():
        key = f"{prefix}{name}"
        shape = resolved(given, shapes)
        if shape.get("properties"):
            yield from _keys(shape, shapes, key + ".")
            continue
        default = f"`{plain(given['default'])}`" if given.get("default") else ""
        yield f"| `{key}` | {kind(given, shapes)} | {default} | {given.get('description', '')} |"
