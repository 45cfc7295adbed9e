"""Paths as users write them: `spec.containers[0].image`."""

import re

import msgspec

from bartizan.model.path import Path

_BARE = re.compile(r"[A-Za-z0-9_$-]+")
_STEP = re.compile(r'(?:^|\.)(?P<bare>[A-Za-z0-9_$-]+)|\[(?P<index>[0-9]+)\]|\[(?P<quoted>"(?:[^"\\]|\\.)*")\]')


def render_path(path: Path) -> str:
    """Keys joined by points, list items as `[0]`, other keys quoted as in JSON: `labels["app/name"]`.

    The root is `.`. The inverse is `parse_path`.
    """
    text = "".join(_render_step(step) for step in path)
    return text.removeprefix(".") or "."


def _render_step(step: str | int) -> str:
    if isinstance(step, int):
        return f"[{step}]"
    return f".{step}" if _BARE.fullmatch(step) else f"[{msgspec.json.encode(step).decode()}]"


def parse_path(text: str) -> Path:
    """The path that a user wrote; ValueError with the place where it makes no sense."""
    steps: list[str | int] = []
    at = 0
    while at < len(text) and text != ".":
        match = _STEP.match(text, at)
        if match is None:
            raise ValueError(f"not a path: {text!r} at character {at + 1}")
        steps.append(_parse_step(match))
        at = match.end()
    return tuple(steps)


def _parse_step(match: re.Match[str]) -> str | int:
    if match["bare"] is not None:
        return match["bare"]
    if match["index"] is not None:
        return int(match["index"])
    try:
        return msgspec.json.decode(match["quoted"], type=str)
    except msgspec.DecodeError as error:
        raise ValueError(f"not a quoted key: {match['quoted']}") from error
