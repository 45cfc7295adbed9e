"""Trees and files out of git's object store, without running anything that the repository names."""

import os
import stat
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import suppress
from hashlib import sha1, sha256
from pathlib import Path
from posixpath import dirname
from threading import Thread
from typing import IO

import msgspec

from bartizan.sources.blob import MAX_BYTES

SAFE = ("-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "-c", "core.quotePath=false")
"""A repository's own configuration may name programs to run: these switch them off."""
_ENVIRONMENT = {
    # A partial clone would fetch what is missing, through a program that its configuration may name.
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_OPTIONAL_LOCKS": "0",
}
_FILTER_KEYS = ("clean", "smudge", "process", "required")

LINK, SUBMODULE = "120000", "160000"
_FILE = "100644"
_UNREADABLE = "unreadable"
_SHORT = 40
"""Digits of a SHA-1."""


class GitError(Exception):
    """Git is missing or refused; the text is git's own first line."""


class Entry(msgspec.Struct, frozen=True):
    """One file of a tree."""

    mode: str
    oid: str
    """The id of its content: equal ids, equal bytes."""
    on_disk: bool = False
    """Whether the content stands in the work tree and not in the object store."""


Tree = dict[str, Entry]
"""Files by name, relative to the repository's root, `/`-separated."""


def top(place: Path) -> Path | None:
    """The root of the work tree that holds `place`, told by its `.git`, without running git."""
    for folder in (place, *place.parents) if place.is_dir() else place.parents:
        if (folder / ".git").exists():
            return folder
    return None


def git(root: Path, *arguments: str, settings: Iterable[tuple[str, str]] = ()) -> bytes:
    """What git prints, with some settings over those of the repository. Raises GitError where it fails."""
    try:
        done = subprocess.run(
            _command(root, arguments),
            env=_environment(root, settings),
            capture_output=True,
            check=False,
            timeout=120,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise GitError(f"git cannot be run: {error}") from error
    if done.returncode:
        lines = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise GitError(lines[0] if lines else f"git {arguments[0]} failed")
    return done.stdout


def _command(root: Path, arguments: tuple[str, ...]) -> list[str]:
    return ["git", "-C", str(root), *SAFE, *arguments]


def _environment(root: Path, settings: Iterable[tuple[str, str]] = ()) -> dict[str, str]:
    # Without the ceiling, a root whose `.git` is no repository would be taken for a folder of the one above.
    made = {**os.environ, **_ENVIRONMENT, "GIT_CEILING_DIRECTORIES": str(root.parent)}
    listed = list(settings)
    for index, (key, value) in enumerate(listed):
        made |= {f"GIT_CONFIG_KEY_{index}": key, f"GIT_CONFIG_VALUE_{index}": value}
    return made | {"GIT_CONFIG_COUNT": str(len(listed))} if listed else made


def tracked(root: Path) -> frozenset[str] | None:
    """The names that git keeps below the work tree's root; None where git cannot tell."""
    try:
        return frozenset(_names(git(root, "ls-files", "-z")))
    except GitError:
        return None


def commit(root: Path, revision: str) -> str:
    """The full id of a commit. Raises GitError where there is none of that name."""
    name = revision + "^{commit}"
    return git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", name).decode().strip()


def merge_base(root: Path, one: str, other: str) -> str:
    """The best common ancestor. Raises GitError where the history at hand has none."""
    return git(root, "merge-base", one, other).decode().strip()


def tree(root: Path, commit_id: str) -> Tree:
    """Every file of a commit."""
    listed = git(root, "ls-tree", "-r", "-z", "--full-tree", commit_id)
    found: Tree = {}
    for line in _names(listed):
        head, _, name = line.partition("\t")
        mode, _kind, oid = head.split(" ")
        found[name] = Entry(mode, oid)
    return found


def work_tree(root: Path) -> Tree:
    """Every file that git keeps or would add, as it stands on the disk."""
    # A file that is as young as the index is compared by content, after the filters that `.gitattributes` names.
    changed = set(
        _names(git(root, "diff-files", "-z", "--name-only", "--ignore-submodules", settings=_unfiltered(root)))
    )
    found: Tree = {}
    oid = ""
    for line in _names(git(root, "ls-files", "-z", "--stage")):
        head, _, name = line.partition("\t")
        mode, oid, _stage = head.split(" ")
        if name not in changed:
            found[name] = Entry(mode, oid)
    untracked = _names(git(root, "ls-files", "-z", "--others", "--exclude-standard"))
    disk = _Disk(root, long_ids=len(oid) > _SHORT)
    for name in sorted(changed.union(untracked)):
        entry = disk.entry(name)
        if entry is not None:
            found[name.rstrip("/")] = entry
    return found


def _unfiltered(root: Path) -> list[tuple[str, str]]:
    """Settings that switch every filter off: a filter is a program."""
    try:
        names = _names(git(root, "config", "--null", "--name-only", "--get-regexp", r"^filter\."))
    except GitError:  # git's way to say that there are none
        return []
    drivers = {name.rpartition(".")[0] for name in names}
    return [(f"{driver}.{key}", "") for driver in sorted(drivers) for key in _FILTER_KEYS]


class _Disk:
    """Files of the work tree; nothing is read through a link."""

    def __init__(self, root: Path, *, long_ids: bool) -> None:
        self.root = root
        self.long_ids = long_ids
        self._linked: dict[str, bool] = {"": False}

    def entry(self, name: str) -> Entry | None:
        """The entry of a file; None for one that was deleted, or whose place a folder or link has taken."""
        if name.endswith("/"):
            return Entry(SUBMODULE, "untracked", on_disk=True)
        try:
            return None if self._is_linked(dirname(name)) else self._entry(self.root / name)
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError:
            return Entry(_FILE, _UNREADABLE, on_disk=True)

    def _entry(self, path: Path) -> Entry | None:
        status = path.lstat()
        if stat.S_ISDIR(status.st_mode):
            return None
        if stat.S_ISLNK(status.st_mode):
            return Entry(LINK, self._id(os.fsencode(path.readlink())), on_disk=True)
        if not stat.S_ISREG(status.st_mode):
            return Entry(_FILE, _UNREADABLE, on_disk=True)
        if status.st_size > MAX_BYTES:
            return Entry(_FILE, f"large {status.st_size} {status.st_mtime_ns}", on_disk=True)
        return Entry(_FILE, self._id(path.read_bytes()), on_disk=True)

    def _id(self, data: bytes) -> str:
        return blob_id(data, long=self.long_ids)

    def _is_linked(self, folder: str) -> bool:
        unseen: list[str] = []
        while (place := folder if not unseen else dirname(unseen[-1])) not in self._linked:
            unseen.append(place)
        for place in reversed(unseen):
            self._linked[place] = self._linked[dirname(place)] or (self.root / place).is_symlink()
        return self._linked[folder]


def blob_id(data: bytes, *, long: bool = False) -> str:
    """The id that git gives a content; long in a repository of SHA-256."""
    whole = b"blob %d\0" % len(data) + data
    return (sha256(whole) if long else sha1(whole, usedforsecurity=False)).hexdigest()


def contents(root: Path, entries: Iterable[tuple[str, Entry]]) -> Iterator[tuple[str, bytes | None]]:
    """The bytes of some files, in their order; None for one that cannot be read.

    Of one that is too large to be read as a manifest, no more than shows that it is.
    """
    listed = list(entries)
    stored = _stored(root, [entry.oid for _, entry in listed if not entry.on_disk])
    for name, entry in listed:
        yield name, _read(root / name, entry) if entry.on_disk else next(stored)


def _read(path: Path, entry: Entry) -> bytes | None:
    """The content that has the entry's id, and no other: it may have been written since it was listed."""
    if entry.oid == _UNREADABLE or entry.mode == SUBMODULE:
        return None
    try:
        if entry.mode == LINK:
            data = os.fsencode(path.readlink())
        else:
            with path.open("rb") as file:
                data = file.read(MAX_BYTES + 1)
    except OSError:
        return None
    large = len(data) > MAX_BYTES
    return data if large or blob_id(data, long=len(entry.oid) > _SHORT) == entry.oid else None


def _stored(root: Path, oids: list[str]) -> Iterator[bytes | None]:
    """One content for each id, while git looks up the next ones; None for one that it does not have."""
    count = 0
    for data in _answers(root, oids):
        count += 1
        yield data
    if count < len(oids):
        yield from _stored_in_part(root, oids[count:])


def _stored_in_part(root: Path, oids: list[str]) -> list[bytes | None]:
    """As in a partial clone, where git gives up at the first content that it would have to fetch."""
    every = git(root, "cat-file", "--batch-all-objects", "--batch-check=%(objectname)", "--unordered")
    have = set(every.decode().split())
    known = [oid for oid in oids if oid in have]
    found = dict(zip(known, _answers(root, known), strict=False))
    if len(found) < len(set(known)):
        raise GitError("the object store cannot be read: `git fsck` tells what is damaged")
    return [found.get(oid) for oid in oids]


def _answers(root: Path, oids: list[str]) -> Iterator[bytes | None]:
    """What git says of each id, up to where it breaks off."""
    if not oids:
        return
    try:
        process = subprocess.Popen(
            _command(root, ("cat-file", "--batch")),
            env=_environment(root),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
    except OSError as error:
        raise GitError(f"git cannot be run: {error}") from error
    with process:
        assert process.stdin is not None  # noqa: S101 - both were asked for
        assert process.stdout is not None  # noqa: S101 - as above
        # From a thread: git waits for its answers to be read before it reads on.
        asking = Thread(target=_ask, args=(process.stdin, oids))
        asking.start()
        yield from _blobs(process.stdout)
        asking.join()


def _ask(input_: IO[bytes], oids: list[str]) -> None:
    with suppress(BrokenPipeError), input_:
        input_.write("".join(f"{oid}\n" for oid in oids).encode())


def _blobs(output: IO[bytes]) -> Iterator[bytes | None]:
    for line in output:
        fields = line.split()
        if len(fields) < 3:  # noqa: PLR2004 - "<id> missing", and not "<id> blob <size>"
            yield None
            continue
        size = int(fields[2])
        most = min(size, MAX_BYTES + 1)
        data = output.read(most)
        rest = size + 1 - most  # with the line end
        while rest > 0 and (skipped := output.read(min(rest, MAX_BYTES))):
            rest -= len(skipped)
        if rest:
            return
        yield data if fields[1] == b"blob" else None


def _names(output: bytes) -> list[str]:
    return output.decode("utf-8", "surrogateescape").split("\0")[:-1]
