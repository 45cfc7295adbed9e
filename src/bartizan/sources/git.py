"""Trees and files out of git's object store, without running anything that the repository names."""

import subprocess
from pathlib import Path

SAFE = ("-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "-c", "core.quotePath=false")
"""A repository's own configuration may name programs to run: these switch them off."""


class GitError(Exception):
    """Git is missing or refused; the text is git's own first line."""


def top(place: Path) -> Path | None:
    """The root of the work tree that holds `place`, told by its `.git`, without running git."""
    for folder in (place, *place.parents) if place.is_dir() else place.parents:
        if (folder / ".git").exists():
            return folder
    return None


def tracked(root: Path) -> frozenset[str]:
    """The names that git keeps below the work tree's root; none where git cannot tell."""
    try:
        listed = git(root, "ls-files", "-z")
    except GitError:
        return frozenset()
    return frozenset(listed.decode("utf-8", "surrogateescape").split("\0")[:-1])


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
