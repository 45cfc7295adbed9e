"""Golden files: what a format wrote when somebody last looked at it and found it good.

`BARTIZAN_GOLDEN=1 pytest tests/reports` rewrites them; read the difference before you commit it.
"""

import os
from pathlib import Path

FOLDER = Path(__file__).with_name("golden")


def agrees(path: Path, text: str) -> bool:
    """Whether the file holds exactly this text. Writes it first where the golden files are being renewed."""
    if os.environ.get("BARTIZAN_GOLDEN"):
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(text.encode())
    return path.read_bytes().decode() == text
