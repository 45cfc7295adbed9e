"""Tables that checks judge by: JSON files below `data/kubernetes/`, read when a check that asks for one is chosen."""

from functools import cache
from pathlib import Path
from typing import Any

import msgspec

import bartizan

_FOLDER = Path(bartizan.__file__).parent / "data" / "kubernetes"


@cache
def table(name: str) -> Any:
    """The table of this name, as it stands in its file; None for the empty name."""
    return msgspec.json.decode((_FOLDER / f"{name}.json").read_bytes()) if name else None
