"""What was meant by a field that the API does not have."""

from typing import Any

from bartizan.checks.object._fields import Definitions, inside, way
from bartizan.model.path import Path
from bartizan.model.path_text import render_path

_DEEPEST = 2
"""How far below its place a field is looked for."""
_NEARLY_THE_SAME = 0.9
_ALIKE = 0.75
_EVERY_OBJECT = frozenset({"apiVersion", "kind", "metadata", "spec", "status"})


def hint(definitions: Definitions, number: int, path: Path) -> tuple[str, str]:
    """The name that was meant, and the advice: `("podSelector", "write `podSelector`")`.

    Both are empty where nothing comes near.
    """
    *before, last = path
    key = str(last)
    places = way(definitions, number, tuple(before))
    fields = definitions[places[-1][1]]
    for name in fields:
        if name.lower() == key.lower():
            return name, f"write `{name}`"
    if "matchLabels" in fields:
        return "", "a label is selected below `matchLabels`"
    if name := _nearest(key, fields, _NEARLY_THE_SAME):
        return name, f"did you mean `{name}`?"
    if key not in _EVERY_OBJECT and (where := _elsewhere(definitions, places, key)):
        return key, f"its place is {where}"
    name = _nearest(key, fields, _ALIKE)
    return (name, f"did you mean `{name}`?") if name else ("", "")


def _elsewhere(definitions: Definitions, places: list[tuple[Path, int]], key: str) -> str:
    """Where the key would be known: above, below, or below one of those above."""
    for place, above in reversed(places[:-1]):
        if key in definitions[above]:
            return f"in `{render_path(place)}`" if place else "at the top of the object"
    for place, start in reversed(places):
        if below := _below(definitions, start, key):
            start_text = render_path(place) + "." if place and (place, start) != places[-1] else ""
            return f"in `{start_text}{below}`"
    return ""


def _nearest(key: str, fields: dict[str, Any], likeness: float) -> str:
    from difflib import get_close_matches  # noqa: PLC0415 - only for a misspelt field

    near = get_close_matches(key, fields, n=1, cutoff=likeness)
    return near[0] if near else ""


def _below(definitions: Definitions, number: int, key: str) -> str:
    """The nearest place below a definition whose fields hold the key, as one would write it."""
    level, seen = {"": number}, {number}
    for _ in range(_DEEPEST):
        deeper: dict[str, int] = {}
        for place, fields_of in level.items():
            for name, shape in definitions[fields_of].items():
                target = inside(shape)
                if target and target not in seen:
                    seen.add(target)
                    here = f"{place}.{name}".removeprefix(".") + ("[]" if type(shape) is list else "")
                    if key in definitions[target]:
                        return here
                    deeper[here] = target
        level = deeper
    return ""
