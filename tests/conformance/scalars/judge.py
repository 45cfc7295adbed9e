"""The value read must equal what kubectl made of the text; where kubectl refuses it, the reader must too."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from . import cases as files


def cases(folder: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Name, and what the answer must equal."""
    for case in files.read(folder):
        yield case.name, case.expected
