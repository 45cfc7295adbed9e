"""Files of a folder: walked in name order, ignore files respected, links never followed out of it."""

import os
import stat
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from bartizan.model.unknown import Unknown
from bartizan.sources.blob import MAX_BYTES, Blob, is_manifest
from bartizan.sources.ignore import GIT_IGNORE, OWN_IGNORE, IgnoreRules


class FolderSource:
    """The manifests below one root folder, or one file.

    `counts` and `unknowns` are complete once `blobs` has run to its end.
    """

    def __init__(
        self,
        root: Path,
        start: Path,
        *,
        exclude: tuple[Path, tuple[str, ...]] | None = None,
        shown: Callable[[str], str] = str,
        tracked: Callable[[], frozenset[str]] = frozenset,
    ) -> None:
        """Read `start`, a file or folder inside `root`.

        Args:
            exclude: A folder, and patterns in `.gitignore` syntax that hold below it.
            shown: From a name relative to the root to the name that is told.
            tracked: Names that git keeps, relative to the root: git ignores no file that it keeps.
        """
        self.root = root
        self.start = start
        self.counts: Counter[str] = Counter()
        self.unknowns: list[Unknown] = []
        self._shown = shown
        self._exclude = self._excluded(exclude)
        self._tracked_names = tracked
        self._tracked: frozenset[str] | None = None
        self._links: list[str] = []
        self._seen: set[str] = set()

    def _excluded(self, exclude: tuple[Path, tuple[str, ...]] | None) -> IgnoreRules:
        if exclude is None or not exclude[1]:
            return IgnoreRules()
        folder, patterns = exclude
        if folder.is_relative_to(self.root):
            return IgnoreRules().entering(self._name(folder), patterns)
        return IgnoreRules().entering("", patterns)

    def blobs(self) -> Iterator[Blob]:
        """Each manifest once, in name order."""
        if not self.start.is_dir():
            yield from self._read(self._name(self.start), self.start)
            return
        git, own = self._rules_above()
        yield from self._walk(self._name(self.start), git, own)
        yield from self._linked()

    def _rules_above(self) -> tuple[IgnoreRules, IgnoreRules]:
        """The rules of the folders from the root down to, but without, the start."""
        git, own = IgnoreRules(), IgnoreRules()
        parts = self.start.relative_to(self.root).parts
        for depth in range(len(parts)):
            folder = "/".join(parts[:depth])
            git, own = self._enter(folder, git, own)
        return git, own

    def _enter(self, folder: str, git: IgnoreRules, own: IgnoreRules) -> tuple[IgnoreRules, IgnoreRules]:
        place = self.root / folder
        return (
            git.entering(folder, self._lines(place / GIT_IGNORE)),
            own.entering(folder, self._lines(place / OWN_IGNORE)),
        )

    def _lines(self, file: Path) -> list[str]:
        try:
            return file.read_text("utf-8", "replace").splitlines()
        except FileNotFoundError:
            return []
        except OSError as error:
            self._unknown("unreadable-file", self._name(file), f"{error.strerror}; nothing was ignored by it")
            return []

    def _walk(self, folder: str, git: IgnoreRules, own: IgnoreRules) -> Iterator[Blob]:
        git, own = self._enter(folder, git, own)
        try:
            with os.scandir(self.root / folder) as listing:
                entries = sorted(listing, key=lambda entry: entry.name)
        except OSError as error:
            self._unknown("unreadable-file", folder or ".", f"the folder cannot be opened ({error.strerror})")
            return
        for entry in entries:
            name = f"{folder}/{entry.name}" if folder else entry.name
            is_folder = entry.is_dir(follow_symlinks=False)
            if is_folder and entry.name == ".git":
                continue
            own_ignores = own.ignores(name, folder=is_folder) or self._exclude.ignores(name, folder=is_folder)
            if own_ignores or (git.ignores(name, folder=is_folder) and not self._is_tracked(name)):
                self._count_ignored(name, is_folder=is_folder)
            elif entry.is_symlink():
                self._links.append(name)
            elif is_folder:
                yield from self._walk(name, git, own)
            elif is_manifest(entry.name):
                yield from self._read(name, Path(entry.path))

    def _is_tracked(self, name: str) -> bool:
        if self._tracked is None:
            files = self._tracked_names()
            folders = {file[:index] for file in files for index, char in enumerate(file) if char == "/"}
            self._tracked = files | folders
        return name in self._tracked

    def _count_ignored(self, name: str, *, is_folder: bool) -> None:
        if is_folder or is_manifest(name):
            self.counts["ignored-folder" if is_folder else "ignored-file"] += 1

    def _linked(self) -> Iterator[Blob]:
        """What symbolic links lead to: read at its own place, or through the link where that is not walked."""
        for name in self._links:
            path = self.root / name
            try:
                target = path.resolve(strict=True)
            except (OSError, RuntimeError) as error:
                if is_manifest(name) or not path.suffix:
                    reason = getattr(error, "strerror", None) or "it leads round in a circle"
                    self._unknown("unreadable-file", name, f"the link leads nowhere ({reason})")
                continue
            yield from self._follow(name, target)

    def _follow(self, name: str, target: Path) -> Iterator[Blob]:
        inside = target.is_relative_to(self.start.resolve())
        if target.is_dir():
            if inside:
                self.counts["link"] += 1
            else:
                self._unknown("outside-link", name, "the link leads out of the scanned folder; scan its target")
        elif is_manifest(name) or is_manifest(target.name):
            if not inside:
                self._unknown("outside-link", name, "the link leads out of the scanned folder; scan its target")
            elif self._name(target) in self._seen:
                self.counts["link"] += 1
            else:
                yield from self._read(name, target)

    def _read(self, name: str, path: Path) -> Iterator[Blob]:
        try:
            status = path.stat()
            if not stat.S_ISREG(status.st_mode):
                self._unknown("unreadable-file", name, "it is no regular file and was not opened")
            elif status.st_size > MAX_BYTES:
                self._too_large(name, status.st_size)
            else:
                self._seen.add(self._name(path))
                yield Blob(self._shown(name), path.read_bytes())
        except OSError as error:
            self._unknown("unreadable-file", name, f"it cannot be opened ({error.strerror})")

    def _too_large(self, name: str, size: int) -> None:
        mebibytes = size / 1024 / 1024
        self._unknown(
            "too-large", name, f"{mebibytes:.0f} MiB, more than {MAX_BYTES >> 20} MiB: split or exclude it"
        )

    def _unknown(self, code: str, name: str, message: str) -> None:
        self.unknowns.append(Unknown(file=self._shown(name), code=code, message=message))

    def _name(self, path: Path) -> str:
        try:
            relative = path.relative_to(self.root)
        except ValueError:
            return path.as_posix()
        return "" if relative == Path() else relative.as_posix()
