"""`.gitignore` and `.bartizanignore`, nested as git nests them: the deepest file and its last line win."""

import re
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

        A line that is no pattern matches nothing, as in git.
        """
        patterns = [line for line in lines if line.strip() and not line.startswith("#")]
        if not patterns:
            return self
        from pathspec import GitIgnoreSpec  # noqa: PLC0415 - only where there is something to ignore

        try:
            spec = GitIgnoreSpec.from_lines(patterns)
        except (ValueError, re.error):
            spec = GitIgnoreSpec.from_lines(filter(_is_pattern, patterns))
        return IgnoreRules((*self._layers, (folder, spec)))

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

    def ignores_folder(self, path: str) -> bool:
        """Whether the folder `path` or one above it is named; the root never is."""
        way = [path, *(str(parent) for parent in PurePosixPath(path).parents)][:-1]
        return any(self.ignores(folder, folder=True) for folder in reversed(way))

    def ignores_on_the_way(self, path: str) -> bool:
        """Whether `path` or a folder above it is named. For lists of files that nobody walks down to."""
        return self.ignores_folder(str(PurePosixPath(path).parent)) or self.ignores(path)


def _is_pattern(line: str) -> bool:
    from pathspec import GitIgnoreSpec  # noqa: PLC0415 - as above

    try:
        GitIgnoreSpec.from_lines([line])
    except (ValueError, re.error):
        return False
    return True
