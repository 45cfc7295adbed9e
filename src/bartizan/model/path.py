"""Paths inside an object: a tuple of mapping keys and list positions."""

from hashlib import sha256
from typing import Any

Path = tuple[str | int, ...]
"""`("spec", "containers", 0, "image")` names `spec.containers[0].image`."""

_IDENTITY_KEYS = ("name", "key", "mountPath", "containerPort", "ip", "host")


def get(raw: Any, path: Path) -> Any:
    """The value at `path`, or None where the path ends early."""
    node = raw
    for step in path:
        if isinstance(step, str):
            node = node.get(step) if isinstance(node, dict) else None
        else:
            node = node[step] if isinstance(node, list) and 0 <= step < len(node) else None
        if node is None:
            return None
    return node


def keyed(path: Path, raw: Any) -> str:
    """The path with list items named by what identifies them, so that it survives reordering.

    An item that has a name is keyed by the name: `spec.containers[web].securityContext` instead of
    `spec.containers[0].securityContext`. One without is keyed by a digest of its content, which may be secret; a
    container without (Knative names it) by its position, for a new image makes it no other container.
    """
    place: Place = ("", raw)
    for step in path:
        place = below(place, step)
    return place[0]


Place = tuple[str, Any]
"""A keyed path, and the value that stands there (None where the path ends early)."""


def below(place: Place, step: str | int) -> Place:
    """One step further down."""
    text, node = place
    if isinstance(step, str):
        return f"{text}.{step}" if text else step, node.get(step) if isinstance(node, dict) else None
    item = node[step] if isinstance(node, list) and 0 <= step < len(node) else None
    return f"{text}[{_identity(item, step, text)}]", item


def _identity(item: Any, index: int, field: str) -> str:
    if isinstance(item, dict):
        for key in _IDENTITY_KEYS:
            value = item.get(key)
            if isinstance(value, str | int):
                return str(value)
    if field.endswith("ontainers"):
        return f"#{index}"
    if isinstance(item, dict | list):
        return "#" + sha256(_content(item).encode("utf-8", "surrogatepass")).hexdigest()[:12]
    return _content(item)


def _content(item: Any) -> str:
    """A spelling of any value that does not depend on the order of keys."""
    if isinstance(item, dict):
        return "{" + ",".join(f"{key}:{_content(item[key])}" for key in sorted(item)) + "}"
    if isinstance(item, list):
        return "[" + ",".join(map(_content, item)) + "]"
    return item if isinstance(item, str) else repr(item)
