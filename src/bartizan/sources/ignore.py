"""`.gitignore` and `.bartizanignore`, nested as git nests them: the deepest file and its last line win."""

from collections.abc import Iterable
from pathlib import PurePosixPath
from typing import Any

GIT_IGNORE = ".gitignore"
OWN_IGNORE = ".bartizanignore"


class IgnoreRules:
    """The rules that hold in one folder: its own and those of the folders above it."""

    def __init__(self, layers: tuple[tuple[str, Any], ...] = ()) -> None:
        self._layers = layers

    def entering(self, folder: str, lines: Iterable[str]) -> "IgnoreRules":
        """The rules inside `folder`, which adds `lines`. Folders are relative to the root, `` is the root.

        Raises:
            ValueError: a line is no pattern.
        """
        patterns = [line for line in lines if line.strip() and not line.startswith("#")]
        if not patterns:
            return self
        from pathspec import GitIgnoreSpec  # noqa: PLC0415 - only where there is something to ignore

        return IgnoreRules((*self._layers, (folder, GitIgnoreSpec.from_lines(patterns))))

    def ignores(self, path: str, *, folder: bool = False) -> bool:
        """Whether the rules name `path` itself. Ask for each folder on the way down first, as git does."""
        for place, spec in reversed(self._layers):
            if place and not path.startswith(place + "/"):
                continue
            relative = path[len(place) + 1 :] if place else path
            verdict = spec.check_file(relative + "/" if folder else relative).include
            if verdict is not None:
                return bool(verdict)
        return False

    def ignores_on_the_way(self, path: str) -> bool:
        """Whether `path` or a folder above it is named. For lists of files that nobody walks down to."""
        parents = [str(parent) for parent in PurePosixPath(path).parents][:-1]
        return any(self.ignores(parent, folder=True) for parent in reversed(parents)) or self.ignores(path)
