"""The fields of every kind, from the API server's own OpenAPI description.

The table is made to be walked beside an object without being prepared first::

    {"source": …, "kinds": {group: {version: {kind: N}}}, "definitions": [{}, {field: SHAPE, …}, …]}

`N` is a place in `definitions`, never 0. A SHAPE says what may stand in a field:

- `0`: nothing that has fields of the API: a scalar, free keys, or any JSON at all
- `N`: a mapping with the fields of definition N
- `[N]`: a list of such mappings
- `{"": N}`: a mapping with free keys whose values are such mappings; with `-N`, see there
- `-N`: either such a mapping, a list of them, or something else altogether
"""

import json
from collections.abc import Iterator
from typing import Any

Shape = int | list[int] | dict[str, int]
Definitions = dict[str, dict[str, Any]]

_REFERENCE = "#/definitions/"
_SCHEMA = "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaProps"
_EITHER = {f"{_SCHEMA}Or{other}": _SCHEMA for other in ("Array", "Bool", "StringArray")}
"""Types that are written in more than one way: the description says nothing about them."""
_KNOWN = {("list", "is"), ("map", "is"), ("map", "either")}
_EVERYWHERE = frozenset({"DeleteOptions", "WatchEvent"})
"""Kinds that every group lists, and that stand in no file."""
_NOT_LOOKED_AT = frozenset({"managedFields", "status"})
"""The API server writes these itself, whatever a file says."""


def fields(swagger: dict[str, Any], source: str) -> dict[str, Any]:
    """The table, as it goes into the file."""
    definitions: Definitions = swagger["definitions"]
    kinds = {
        (item["group"], item["version"], item["kind"]): name
        for name, definition in definitions.items()
        for item in definition.get("x-kubernetes-group-version-kind", ())
        if item["kind"] not in _EVERYWHERE and not item["kind"].endswith("List")
    }
    wanted = sorted(_reachable(definitions, kinds.values()))
    alike = _alike({name: _shapes(definitions[name]) for name in wanted})
    order = sorted(set(alike.values()))
    number = {name: order.index(alike[name]) + 1 for name in wanted}
    return {
        "source": source,
        "kinds": _nested({key: number[name] for key, name in sorted(kinds.items())}),
        "definitions": [{}, *(_numbered(_shapes(definitions[name]), number) for name in order)],
    }


def _reachable(definitions: Definitions, names: Any) -> set[str]:
    seen: set[str] = set()
    left = list(names)
    while left:
        name = left.pop()
        if name not in seen:
            seen.add(name)
            left += [target for _, target in _shapes(definitions[name]).values() if target]
    return seen


def _shapes(definition: dict[str, Any]) -> dict[str, tuple[str, str]]:
    """What each field holds: how (`is`, `list`, `map`, `either`), and the definition's name or nothing."""
    own = "x-kubernetes-group-version-kind" in definition
    return {
        name: ("is", "") if name in _NOT_LOOKED_AT and (own or name == "managedFields") else _shape(schema)
        for name, schema in sorted(definition.get("properties", {}).items())
    }


def _shape(schema: dict[str, Any]) -> tuple[str, str]:
    for how, inner in (("list", schema.get("items")), ("map", schema.get("additionalProperties"))):
        if inner is not None:
            within, target = _shape(inner)
            if target and (how, within) not in _KNOWN:
                raise ValueError(f"a {how} of `{within}` is new: teach the table about it")
            return how if within == "is" else f"{how} {within}", target
    name = schema.get("$ref", "").removeprefix(_REFERENCE)
    if name in _EITHER:
        return "either", _EITHER[name]
    return "is", name if _has_fields(name) else ""


def _has_fields(name: str) -> bool:
    """Whether a referred definition is one of fields: others are written as a scalar, or hold any JSON."""
    return name.rpartition(".")[2] not in {
        "", "FieldsV1", "IntOrString", "JSON", "MicroTime", "Patch", "Quantity", "RawExtension", "Time",
    }  # fmt: skip


def _alike(shapes: dict[str, dict[str, tuple[str, str]]]) -> dict[str, str]:
    """For each definition the first one with the same fields, through and through: all are, until they differ."""
    alike = dict.fromkeys(shapes, "any")
    while True:
        first: dict[str, str] = {}
        found = {}
        for name, fields_of in shapes.items():
            content = json.dumps([(f, how, alike.get(to, to)) for f, (how, to) in fields_of.items()])
            found[name] = first.setdefault(content, name)
        if found == alike:
            return alike
        alike = found


def _numbered(shapes: dict[str, tuple[str, str]], number: dict[str, int]) -> dict[str, Shape]:
    return {name: _as_written(how, number[target]) if target else 0 for name, (how, target) in shapes.items()}


def _as_written(how: str, number: int) -> Shape:
    shapes: dict[str, Shape] = {
        "is": number,
        "list": [number],
        "map": {"": number},
        "either": -number,
        "map either": {"": -number},
    }
    return shapes[how]


def _nested(kinds: dict[tuple[str, str, str], int]) -> dict[str, Any]:
    table: dict[str, Any] = {}
    for (group, version, kind), number in kinds.items():
        table.setdefault(group, {}).setdefault(version, {})[kind] = number
    return table


def unused(table: dict[str, Any]) -> Iterator[int]:
    """Definitions that no kind leads to: there should be none."""
    seen = {0}
    left = [
        number for versions in table["kinds"].values() for kinds in versions.values() for number in kinds.values()
    ]
    while left:
        number = left.pop()
        if number not in seen:
            seen.add(number)
            left += [target for shape in table["definitions"][number].values() if (target := _target(shape))]
    return (number for number in range(len(table["definitions"])) if number not in seen)


def _target(shape: Shape) -> int:
    if isinstance(shape, int):
        return abs(shape)
    return shape[0] if isinstance(shape, list) else abs(shape[""])
