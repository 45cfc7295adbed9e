"""Answers `{"spec": the value read}`, or `{"error": true}` where the reader reports a problem."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bartizan.documents.reader import read

from . import cases


def answers(folder: Path) -> Iterator[dict[str, Any]]:
    """One answer a line."""
    for case in cases.read(folder):
        yield {"case": case.name, **_answer(case.text)}


def _answer(text: str) -> dict[str, Any]:
    reading = read(text)
    if reading.problems:
        return {"answer": {"error": True}}
    values = [document.value for document in reading.documents]
    if len(values) != 1 or not isinstance(values[0], dict) or "spec" not in values[0]:
        return {"error": f"the reader sees no object with a spec but {values!r}"}
    return {"answer": {"spec": values[0]["spec"]}}
