"""The files that a renderer may read: those of the scanned tree, whatever they are called, and no other.

A renderer never sees the tree itself. What it needs is copied for it, so that no link, `..` or absolute path
leads it anywhere else.
"""

import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import Protocol

import msgspec

from bartizan.sources.blob import UnreadableError, regular_bytes
from bartizan.sources.git import LINK, SUBMODULE, Entry, Tree, contents, top
from bartizan.sources.links import Links

MOST_FILES = 10_000
MOST_BYTES = 64 << 20


class InputError(Exception):
    """What a renderer needs cannot be given to it: one sentence."""


class Inputs(msgspec.Struct, frozen=True):
    """Some files of a tree, named as it names them, with an id of each content; empty where nobody needs one."""

    ids: dict[str, str]
    outside: tuple[str, ...] = ()
    """Links that lead out of the tree."""


class Files(Protocol):
    """A tree to render from."""

    @property
    def start(self) -> str:
        """Where names start, as an absolute path; empty where they start at the root of the tree."""

    def canonical(self, name: str) -> str:
        """The one name by which the tree tells a place."""

    def rooted(self, path: str) -> list[str]:
        """What a path from the root of the repository may mean: at least one name."""

    def below(self, folder: str) -> Inputs:
        """Every file of a folder, links inside the tree followed. Raises InputError where there are too many."""

    def named(self, name: str) -> str | None:
        """The id of a file; None where there is no such file."""

    def is_folder(self, name: str) -> bool:
        """Whether there is such a folder."""

    def read(self, names: Iterable[str]) -> dict[str, bytes]:
        """Contents. Raises InputError where one cannot be had, or all are too large together."""


class DiskFiles:
    """Those below the scanned folders."""

    def __init__(self, cwd: Path, scanned: Iterable[Path]) -> None:
        """Files named from `cwd`, inside of what was scanned."""
        self._cwd = cwd
        listed = tuple(scanned)
        self._inside = tuple(os.path.realpath(place) for place in listed)
        self._tops = tuple(dict.fromkeys(top(place) or place for place in listed)) or (cwd,)

    @property
    def start(self) -> str:
        """The working folder."""
        return self._cwd.as_posix()

    def canonical(self, name: str) -> str:
        """From the working folder where it lies below it, else in full."""
        place = normpath(join(self.start, name))
        if place == self.start:
            return ""
        return place.removeprefix(self.start.rstrip("/") + "/")

    def rooted(self, path: str) -> list[str]:
        """From the root of each work tree, or of each scanned folder."""
        return [self.canonical(join(place.as_posix(), path.lstrip("/"))) for place in self._tops]

    def below(self, folder: str) -> Inputs:
        """Every file of a folder, links inside the tree followed."""
        if self._real(folder) is None:
            raise InputError(f"the folder `{folder or '.'}` is not among what is scanned: scan it as a whole")
        found: dict[str, str] = {}
        outside: list[str] = []
        ahead, walked = [folder], set[str]()
        while ahead:
            place = ahead.pop()
            real = self._real(place)
            if real is None:
                outside.append(place)
            elif os.path.isdir(real):  # noqa: PTH112 - a real path as a string, some thousand times
                if real not in walked:
                    walked.add(real)
                    ahead += [f"{place}/{name}" if place else name for name in self._listed(real)]
            elif os.path.isfile(real):  # noqa: PTH113 - as above
                found[place] = ""
                _refuse_many(folder, found)
        return Inputs(dict(sorted(found.items())), tuple(sorted(outside)))

    @staticmethod
    def _listed(real: str) -> list[str]:
        try:
            return sorted((name for name in os.listdir(real) if name != ".git"), reverse=True)  # noqa: PTH208 - names alone
        except OSError as error:
            raise InputError(f"the folder `{real}` cannot be opened ({error.strerror})") from error

    def named(self, name: str) -> str | None:
        """An empty id, for whatever is a file."""
        real = self._real(name)
        return "" if real is not None and Path(real).is_file() else None

    def is_folder(self, name: str) -> bool:
        """Whether there is such a folder."""
        real = self._real(name)
        return real is not None and Path(real).is_dir()

    def read(self, names: Iterable[str]) -> dict[str, bytes]:
        """Contents of files that were scanned or stand among those."""
        return _gathered(self._contents(names))

    def _contents(self, names: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        for name in names:
            real = self._real(name)
            if real is None:
                raise InputError(f"`{name}` leads out of the scanned folder")
            try:
                yield name, regular_bytes(Path(real))
            except (OSError, UnreadableError) as error:
                raise InputError(f"`{name}` cannot be read: {error}") from error

    def _real(self, name: str) -> str | None:
        """Without links; None outside of what was scanned."""
        real = os.path.realpath(self._cwd / name)
        inside = any(real == place or real.startswith(place.rstrip("/") + "/") for place in self._inside)
        return real if inside else None


class TreeFiles:
    """Those of a git tree."""

    def __init__(self, root: Path, tree: Tree) -> None:
        """Files named from the repository's root."""
        self._root = root
        self._tree = tree
        self._links: Links | None = None
        self._folders: dict[str, list[str]] = {"": []}
        for name in sorted(tree):
            self._add(name)

    @property
    def start(self) -> str:
        """Names start at the root of the repository."""
        return ""

    def canonical(self, name: str) -> str:
        """As git has it."""
        return _plain(name)

    def rooted(self, path: str) -> list[str]:
        """The name itself."""
        return [_plain(path.lstrip("/"))]

    def _add(self, name: str) -> None:
        folder = dirname(name)
        while folder not in self._folders:
            self._folders[folder] = [name]
            name, folder = folder, dirname(folder)
        self._folders[folder].append(name)

    def below(self, folder: str) -> Inputs:
        """Every file of a folder, links inside the tree followed."""
        found: dict[str, str] = {}
        outside: list[str] = []
        ahead, walked = [folder], set[str]()
        while ahead:
            name = ahead.pop()
            place = self._place(name)
            if place is None:
                outside.append(name)
            elif place in self._folders:
                if place not in walked:
                    walked.add(place)
                    inner = (item.rpartition("/")[2] for item in self._folders[place])
                    ahead += [f"{name}/{item}" if name else item for item in reversed(list(inner))]
            elif place in self._tree and self._tree[place].mode != SUBMODULE:
                found[name] = self._tree[place].oid
                _refuse_many(folder, found)
        return Inputs(dict(sorted(found.items())), tuple(sorted(outside)))

    def named(self, name: str) -> str | None:
        """The id that git gives the content."""
        entry = self._entry(name)
        return entry.oid if entry else None

    def is_folder(self, name: str) -> bool:
        """Whether there is such a folder."""
        return self._place(_plain(name)) in self._folders

    def read(self, names: Iterable[str]) -> dict[str, bytes]:
        """Contents out of the object store, or off the disk where they stand there alone."""
        listed = list(names)
        places = [self._place(_plain(name)) or "" for name in listed]
        entries = [(place, self._tree[place]) for place in places]
        read = contents(self._root, entries)
        return _gathered((name, _whole(name, data)) for name, (_, data) in zip(listed, read, strict=True))

    def _entry(self, name: str) -> Entry | None:
        entry = self._tree.get(self._place(_plain(name)) or "")
        return entry if entry is not None and entry.mode not in (LINK, SUBMODULE) else None

    def _place(self, name: str) -> str | None:
        """What a name stands for when every link is followed; None outside the tree."""
        if name in self._folders or (name in self._tree and self._tree[name].mode != LINK):
            return name
        if self._links is None:
            self._links = Links(self._root, self._tree)
        return self._links.place(name)


def _whole(name: str, data: bytes | None) -> bytes:
    if data is None:
        raise InputError(f"the content of `{name}` cannot be had")
    return data


def _gathered(read: Iterator[tuple[str, bytes]]) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    left = MOST_BYTES
    for name, data in read:
        left -= len(data)
        if left < 0:
            raise InputError(f"the files that it is made of have more than {MOST_BYTES >> 20} MiB")
        found[name] = data
    return found


def _refuse_many(folder: str, found: Mapping[str, str]) -> None:
    if len(found) > MOST_FILES:
        raise InputError(f"`{folder or '.'}` holds more than {MOST_FILES} files")


def _plain(name: str) -> str:
    return "" if name in (".", "") else normpath(name)
