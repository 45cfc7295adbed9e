"""The cases of a folder: the document that each line stands for, and what kubectl makes of it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HEAD = "apiVersion: example.dev/v1\nkind: Foo\nmetadata: {name: a}\nspec:\n"


@dataclass(frozen=True)
class Case:
    """One line of the suite."""

    name: str
    text: str
    """The whole document."""
    expected: dict[str, Any]
    """`{"spec": value of spec}`, or `{"error": true}`."""


def read(folder: Path) -> Iterator[Case]:
    """Every line; equal texts are numbered."""
    seen: dict[str, int] = {}
    for kind, row in [*_rows(folder / "scalars.jsonl"), *_rows(folder / "structures.jsonl")]:
        written = row["scalar"] if kind == "scalars" else row["spec_yaml"]
        name = f"{kind} {json.dumps(written)}"
        seen[name] = seen.get(name, 0) + 1
        if seen[name] > 1:
            name += f"#{seen[name]}"
        text = f"  v: {written}\n" if kind == "scalars" else written
        yield Case(name, HEAD + text, _expected(kind, row))


def _rows(file: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    if file.is_file():
        for line in file.read_text(encoding="utf-8").split("\n"):
            if line.strip():
                yield file.stem, json.loads(line)


def _expected(kind: str, row: dict[str, Any]) -> dict[str, Any]:
    if row.get("error"):
        return {"error": True}
    if "spec" in row:
        return {"spec": row["spec"]}
    return {"spec": {"v": row["json"]}} if kind == "scalars" else {"spec": row["json"]}
