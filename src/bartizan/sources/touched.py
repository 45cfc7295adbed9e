"""Which kustomizations a change may concern."""

from collections.abc import Iterable
from pathlib import PurePosixPath
from posixpath import normpath
from typing import Any

from bartizan.sources.manifests import FileReading

_LONGEST_PATH = 4096


def touched(kustomization: FileReading, changed: Iterable[str]) -> bool:
    """Whether one of the changed files may change what a kustomization makes: any below what it names.

    A kustomization that it builds on counts with its whole folder, and so does its own folder.
    """
    folder = str(PurePosixPath(kustomization.file).parent)
    named = {
        folder,
        *(normpath(f"{folder}/{name}") for name in _references(kustomization.kustomization or {})),
    }
    places = {"" if place == "." else place for place in named}
    return any(not place or file == place or file.startswith(place + "/") for file in changed for place in places)


def _references(value: Any) -> list[str]:
    """Every string in the kustomization that may be a path of files: it is cheap to be wrong."""
    if isinstance(value, str):
        return [value] if "\n" not in value and len(value) < _LONGEST_PATH else []
    items = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [name for item in items for name in _references(item)]
