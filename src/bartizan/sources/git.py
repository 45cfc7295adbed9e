"""Trees and files out of git's object store, without running anything that the repository names."""

import subprocess
from collections.abc import Iterable, Iterator
from hashlib import sha1
from pathlib import Path

import msgspec

SAFE = ("-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "-c", "core.quotePath=false")
"""A repository's own configuration may name programs to run: these switch them off."""

LINK, SUBMODULE = "120000", "160000"


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


def git(root: Path, *arguments: str, data: bytes | None = None) -> bytes:
    """What git prints. Raises GitError where it fails."""
    command = ["git", "-C", str(root), *SAFE, *arguments]
    try:
        done = subprocess.run(command, input=data, capture_output=True, check=False, timeout=120)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise GitError(f"git cannot be run: {error}") from error
    if done.returncode:
        lines = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise GitError(lines[0] if lines else f"git {arguments[0]} failed")
    return done.stdout


def tracked(root: Path) -> frozenset[str] | None:
    """The names that git keeps below the work tree's root; None where git cannot tell."""
    try:
        return frozenset(_names(git(root, "ls-files", "-z")))
    except GitError:
        return None


def commit(root: Path, revision: str) -> str:
    """The full id of a commit. Raises GitError where there is none of that name."""
    return (
        git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}").decode().strip()
    )


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
    changed = set(_names(git(root, "diff-files", "-z", "--name-only", "--ignore-submodules")))
    found: Tree = {}
    for line in _names(git(root, "ls-files", "-z", "--stage")):
        head, _, name = line.partition("\t")
        mode, oid, _stage = head.split(" ")
        if name not in changed:
            found[name] = Entry(mode, oid)
    untracked = _names(git(root, "ls-files", "-z", "--others", "--exclude-standard"))
    for name in sorted(changed | set(untracked)):
        entry = _on_disk(root / name)
        if entry is not None:
            found[name] = entry
    return found


def _on_disk(path: Path) -> Entry | None:
    """The entry of a file in the work tree; None for one that was deleted."""
    if path.is_symlink():
        return Entry(LINK, _blob_id(str(path.readlink()).encode()), on_disk=True)
    try:
        return Entry("100644", _blob_id(path.read_bytes()), on_disk=True)
    except FileNotFoundError:
        return None
    except OSError:
        return Entry("100644", "unreadable", on_disk=True)


def _blob_id(data: bytes) -> str:
    """The id that git gives the content (in a repository of another hash it only has to be unequal)."""
    return sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()


def contents(root: Path, entries: Iterable[tuple[str, Entry]]) -> Iterator[tuple[str, bytes | None]]:
    """The bytes of some files, in their order; None for one that cannot be read."""
    listed = list(entries)
    stored = [entry.oid for _, entry in listed if not entry.on_disk]
    blobs = _batch(root, stored)
    for name, entry in listed:
        yield name, _read(root / name, entry) if entry.on_disk else blobs.get(entry.oid)


def _read(path: Path, entry: Entry) -> bytes | None:
    try:
        return str(path.readlink()).encode() if entry.mode == LINK else path.read_bytes()
    except OSError:
        return None


def _batch(root: Path, oids: list[str]) -> dict[str, bytes]:
    """Contents by id, in one call of git; ids that it does not have are left out."""
    if not oids:
        return {}
    output = git(root, "cat-file", "--batch", data="".join(f"{oid}\n" for oid in dict.fromkeys(oids)).encode())
    found: dict[str, bytes] = {}
    place = 0
    while place < len(output):
        end = output.index(b"\n", place)
        fields = output[place:end].split(b" ")
        place = end + 1
        if len(fields) == 3 and fields[1] == b"blob":  # noqa: PLR2004 - "<id> blob <size>"
            size = int(fields[2])
            found[fields[0].decode()] = output[place : place + size]
            place += size + 1
    return found


def _names(output: bytes) -> list[str]:
    return output.decode("utf-8", "surrogateescape").split("\0")[:-1]
