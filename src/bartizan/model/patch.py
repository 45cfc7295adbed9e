"""Fixes applied to plain values."""

from typing import Any

from bartizan.model.finding import Op


class PatchError(ValueError):
    """A fix does not fit the object it is applied to."""


def apply(ops: tuple[Op, ...], raw: Any) -> Any:
    """A changed copy of `raw`.

    Raises:
        PatchError: a step leads through something that is no mapping or list, or past a list's end.
    """
    value = _copy(raw)
    for op in _ordered(ops):
        try:
            _step(value, op)
        except (KeyError, IndexError, TypeError, AttributeError) as error:
            raise PatchError(f"{op.op} {op.path} does not fit: {error}") from error
    return value


def _copy(value: Any) -> Any:
    """A deep copy in which nothing is shared: places that a YAML alias joined are changed one by one."""
    if isinstance(value, dict):
        return {key: _copy(item) for key, item in value.items()}
    return [_copy(item) for item in value] if isinstance(value, list) else value


def _ordered(ops: tuple[Op, ...]) -> list[Op]:
    """Removals of list items last to first, so that no removal moves the target of another."""
    removals = sorted((op for op in ops if op.op == "remove"), key=lambda op: _sortable(op.path), reverse=True)
    return [op for op in ops if op.op != "remove"] + removals


def _sortable(path: tuple[str | int, ...]) -> list[tuple[int, str | int]]:
    return [(0, step) if isinstance(step, int) else (1, step) for step in path]


def _step(value: Any, op: Op) -> None:
    node = value
    for step in op.path[:-1]:
        node = _child(node, step, create=op.op != "remove")
    last = op.path[-1]
    if op.op == "set":
        node[last] = op.value
    elif op.op == "append":
        items = node.get(last)
        node[last] = [*(items or ()), op.value]
    else:
        del node[last]


def _child(node: Any, step: str | int, *, create: bool) -> Any:
    if isinstance(node, list) and isinstance(step, int):
        return node[step]
    if create and node.get(step) is None:
        node[step] = {}
    return node[step]
