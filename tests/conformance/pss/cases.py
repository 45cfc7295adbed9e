"""The cases of a folder, as its README describes them."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any


def read(folder: Path) -> Iterator[dict[str, Any]]:
    """Every line of every file; a line is a case and carries its name."""
    for file in sorted(folder.glob("*.jsonl")):
        for line in file.read_text(encoding="utf-8").split("\n"):
            if line.strip():
                yield json.loads(line)
