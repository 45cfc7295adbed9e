"""A fix as a person would write it: a few lines of YAML below the place they belong to."""

import re
from collections.abc import Iterator
from typing import Any, Literal

import msgspec

from bartizan.model.finding import Finding, Op
from bartizan.model.path import Path
from bartizan.reports._harmless import field

_PLAIN = re.compile(r"[A-Za-z/][A-Za-z0-9_./:@ -]*[A-Za-z0-9]|[A-Za-z]")
_NOT_TEXT = frozenset(("true", "false", "null", "yes", "no", "on", "off", "y", "n"))
_INDENT = "  "


class Line(msgspec.Struct, frozen=True):
    """One line of a snippet: what to add, what to take away, and where."""

    mark: Literal["@", "+", "-", " "]
    text: str


def snippet(finding: Finding) -> list[Line]:
    """The lines of the finding's fix; none where it has none."""
    return [line for op in finding.fix or () for line in _lines(op, finding)]


def _lines(op: Op, finding: Finding) -> Iterator[Line]:
    above, below = _split(op.path)
    if above:
        yield Line("@", _named(above, finding))
    depth = 0
    for key in below[:-1]:
        yield Line(" ", f"{_INDENT * depth}{key}:")
        depth += 1
    last = str(below[-1]) if below else ""
    yield from _change(op, last, _INDENT * depth, finding)


def _change(op: Op, last: str, margin: str, finding: Finding) -> Iterator[Line]:
    if op.op == "append":
        yield from (Line(" ", f"{margin}{last}:"),) if last else ()
        yield from (Line("+", margin + text) for text in _items([op.value]))
        return
    if op.path == finding.path and finding.value is not None:
        yield Line("-", f"{margin}{last}: {_scalar(finding.value)}")
    elif op.op == "remove":
        yield Line("-", f"{margin}{last or 'this item'}")
    if op.op == "set":
        yield from (Line("+", margin + text) for text in (_entry(last, op.value) if last else _block(op.value)))


def _split(path: Path) -> tuple[Path, Path]:
    """What leads to the last list item, and what stands below it."""
    last = max((index for index, step in enumerate(path) if isinstance(step, int)), default=-1)
    if last < 0 and path:
        return path[:-1], path[-1:]
    return path[: last + 1], path[last + 1 :]


def _named(path: Path, finding: Finding) -> str:
    """The path, its container by name where it is the finding's own."""
    text = field(path)
    is_own = path == finding.path[: len(path)] and "ontainers" in str(path[-2:-1])
    if finding.subject.container and is_own:
        return f"{text[: text.rindex('[')]}[{finding.subject.container}]"
    return text


def _entry(key: str, value: Any) -> Iterator[str]:
    if isinstance(value, dict | list) and value:
        yield f"{key}:"
        yield from (_INDENT + text for text in _block(value))
    else:
        yield f"{key}: {_scalar(value)}"


def _block(value: Any) -> Iterator[str]:
    if isinstance(value, dict) and value:
        for key, item in value.items():
            yield from _entry(str(key), item)
    elif isinstance(value, list) and value:
        yield from _items(value)
    else:
        yield _scalar(value)


def _items(values: list[Any]) -> Iterator[str]:
    for value in values:
        first, *rest = _block(value)
        yield f"- {first}"
        yield from (_INDENT + text for text in rest)


def _scalar(value: Any) -> str:
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, str):
        plain = _PLAIN.fullmatch(value) and value.lower() not in _NOT_TEXT and ": " not in value
        return value if plain else '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return "{}" if value == {} else str(value)
