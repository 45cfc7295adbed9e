"""The cases of a folder, as its README describes them, and the rules that are claimed."""

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

CLAIMS = Path(__file__).with_name("claims.toml")
NOT_CLAIMED = "rule not claimed"


def read(folder: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Name and case; `inputs` are the parameters that hold for it."""
    file = folder / "default-inputs.json"
    defaults = json.loads(file.read_bytes()) if file.exists() else {}
    for rule in sorted((folder / "rules").glob("*.jsonl")):
        for line in rule.read_text(encoding="utf-8").split("\n"):
            if line.strip():
                case = json.loads(line)
                given = (case.get("data") or {}).get("postureControlInputs") or {}
                yield f"{case['rule']}/{case['case']}", {**case, "inputs": {**defaults, **given}}


def claims() -> dict[str, dict[str, Any]]:
    """Which checks answer which rule: see the head of `claims.toml`."""
    read: dict[str, dict[str, Any]] = tomllib.loads(CLAIMS.read_text(encoding="utf-8"))["claimed"]
    return read


def declined() -> dict[str, str]:
    """Rules that no check answers, with the reason."""
    read: dict[str, str] = tomllib.loads(CLAIMS.read_text(encoding="utf-8"))["declined"]
    return read
