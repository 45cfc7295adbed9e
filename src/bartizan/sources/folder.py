"""Files of a folder: walked in name order, ignore files respected, links never followed out of it."""

import errno
import os
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec

from bartizan.model.unknown import Unknown
from bartizan.sources.blob import Blob, UnreadableError, is_manifest, regular_bytes
from bartizan.sources.ignore import GIT_IGNORE, OWN_IGNORE, IgnoreRules

OUTSIDE = "the link leads out of the scanned folder; scan its target"
NOWHERE = "the link leads nowhere"


class _Place(msgspec.Struct, frozen=True):
    """A folder to walk."""

    name: str
    """Relative to the root, as it is told; it may lead through a link."""
    real: str
    """Absolute and without links."""
    git: IgnoreRules
    own: IgnoreRules


class FolderSource:
    """The manifests below one root folder, or one file.

    `counts` and `unknowns` are complete once `blobs` and then `linked` have run to their ends.
    """

    def __init__(
        self,
        root: Path,
        start: Path,
        *,
        exclude: tuple[Path, tuple[str, ...]] | None = None,
        shown: Callable[[str], str] = str,
        tracked: Callable[[], frozenset[str] | None] = frozenset,
        seen: set[str] | None = None,
    ) -> None:
        """Read `start`, a file or folder inside `root`.

        Args:
            exclude: A folder, and patterns in `.gitignore` syntax that hold below it.
            shown: From a name relative to the root to the name that is told.
            tracked: Names that git keeps, relative to the root: git ignores no file that it keeps. None where
                git cannot tell.
            seen: The real paths of files and folders that were read, shared by the sources of one run: each is
                read once.
        """
        self.root = root
        self.start = start
        self.counts: Counter[str] = Counter()
        self.unknowns: list[Unknown] = []
        self._shown = shown
        self._exclude = self._excluded(exclude)
        self._tracked_names = tracked
        self._tracked: frozenset[str] | None = None
        self._links: list[tuple[str, _Place]] = []
        self._seen = set() if seen is None else seen

    def _excluded(self, exclude: tuple[Path, tuple[str, ...]] | None) -> IgnoreRules:
        if exclude is None or not exclude[1]:
            return IgnoreRules()
        folder, patterns = exclude
        if folder.is_relative_to(self.root):
            return IgnoreRules().entering(self._name(folder), patterns)
        return IgnoreRules().entering("", patterns)

    def blobs(self) -> Iterator[Blob]:
        """Each manifest once, in name order; what links lead to comes with `linked`."""
        name, real = self._name(self.start), os.path.realpath(self.start)
        if not self.start.is_dir():
            yield from self._read(name, self.start, real)
            return
        git, own = self._rules_above()
        # A folder that is named on the command line is read, though the rules above leave it out.
        if own.ignores_folder(name) or self._exclude.ignores_folder(name):
            self._exclude = own = IgnoreRules()
        if git.ignores_folder(name):
            git = IgnoreRules()
        yield from self._walk(_Place(name, real, git, own))

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
        """The lines of an ignore file; as git does, none is read through a link."""
        if not os.path.lexists(file):
            return []
        try:
            return regular_bytes(file, follow=False).decode("utf-8", "replace").splitlines()
        except FileNotFoundError:
            return []
        except UnreadableError as error:
            self._unknown(error.code, self._name(file), f"{error}; nothing was ignored by it")
            return []

    def _walk(self, start: _Place) -> Iterator[Blob]:
        """Depth first, without recursion: a tree may be deeper than Python's stack."""
        ahead = [self._open(start)]
        while ahead:
            item = next(ahead[-1], None)
            if item is None:
                ahead.pop()
            elif isinstance(item, _Place):
                ahead.append(self._open(item))
            else:
                yield item

    def _open(self, above: _Place) -> Iterator[Blob | _Place]:
        """The manifests and folders of one folder, in name order."""
        if above.real in self._seen:
            return
        self._seen.add(above.real)
        git, own = self._enter(above.name, above.git, above.own)
        place = _Place(above.name, above.real, git, own)
        try:
            with os.scandir(self.root / place.name) as listing:
                entries = sorted(listing, key=lambda entry: entry.name)
        except OSError as error:
            message = f"the folder cannot be opened ({error.strerror})"
            self._unknown("unreadable-file", place.name or ".", message)
            return
        for entry in entries:
            name = f"{place.name}/{entry.name}" if place.name else entry.name
            real = f"{place.real.rstrip('/')}/{entry.name}"
            is_folder = entry.is_dir(follow_symlinks=False)
            if (is_folder and entry.name == ".git") or self._is_ignored(name, place, is_folder=is_folder):
                continue
            if entry.is_symlink():
                self._links.append((name, place))
            elif is_folder:
                yield _Place(name, real, git, own)
            elif is_manifest(entry.name):
                yield from self._read(name, Path(entry.path), real)

    def _is_ignored(self, name: str, place: _Place, *, is_folder: bool) -> bool:
        """Whether a rule leaves the file or folder out; what would have been read is counted."""
        ignored = (
            place.own.ignores(name, folder=is_folder)
            or self._exclude.ignores(name, folder=is_folder)
            or (place.git.ignores(name, folder=is_folder) and not self._is_tracked(name, is_folder=is_folder))
        )
        if ignored and (is_folder or is_manifest(name)):
            self.counts["ignored-folder" if is_folder else "ignored-file"] += 1
        return ignored

    def _is_tracked(self, name: str, *, is_folder: bool) -> bool:
        if not (is_folder or is_manifest(name)):
            return False
        if self._tracked is None:
            files = self._tracked_names()
            if files is None:
                self._unknown(
                    "unreadable-file",
                    name,
                    "ignored, and not read, though git may keep it: git cannot be asked here (is it installed, "
                    "and does it trust the owner of the folder?)",
                )
            self._tracked = _with_folders(files or frozenset())
        return name in self._tracked

    def linked(self) -> Iterator[Blob]:
        """What symbolic links lead to and is not read at its own place, under the link's name."""
        inside = os.path.realpath(self.start)
        while self._links:
            name, place = self._links.pop(0)
            try:
                real = os.path.realpath(self.root / name, strict=True)
            except OSError as error:
                if is_manifest(name) or not Path(name).suffix:
                    self._broken(name, inside, error)
                continue
            is_folder = Path(real).is_dir()
            if not (is_folder or is_manifest(name) or is_manifest(real)):
                continue
            if real in self._seen:
                self.counts["link"] += 1
            elif not Path(real).is_relative_to(inside):
                self._unknown("outside-link", name, OUTSIDE)
            elif is_folder:
                yield from self._walk(_Place(name, real, place.git, place.own))
            else:
                yield from self._read(name, Path(real), real)

    def _broken(self, name: str, inside: str, error: OSError) -> None:
        """Says why a link cannot be followed; outside, nobody asks what is there."""
        if not Path(os.path.realpath(self.root / name)).is_relative_to(inside):
            self._unknown("outside-link", name, OUTSIDE)
        elif error.errno in (errno.ENOENT, errno.ENOTDIR, errno.ELOOP):
            self._unknown("unreadable-file", name, NOWHERE)
        else:
            self._unknown("unreadable-file", name, f"the link cannot be followed ({error.strerror})")

    def _read(self, name: str, path: Path, real: str) -> Iterator[Blob]:
        if real in self._seen:
            return
        self._seen.add(real)
        try:
            yield Blob(self._shown(name), regular_bytes(path))
        except FileNotFoundError:
            self._unknown("unreadable-file", name, "it was gone when it should be read, or is a link to nowhere")
        except UnreadableError as error:
            self._unknown(error.code, name, str(error))

    def _unknown(self, code: str, name: str, message: str) -> None:
        self.unknowns.append(Unknown(file=self._shown(name), code=code, message=message))

    def _name(self, path: Path) -> str:
        try:
            relative = path.relative_to(self.root)
        except ValueError:
            return path.as_posix()
        return "" if relative == Path() else relative.as_posix()


def _with_folders(files: frozenset[str]) -> frozenset[str]:
    return files | {file[:index] for file in files for index, char in enumerate(file) if char == "/"}
