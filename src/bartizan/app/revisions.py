"""`A..B`, `A...B` and a bare `A`, as people of git expect them."""

from pathlib import Path

import msgspec

from bartizan.app.errors import UsageError
from bartizan.sources import git


class Range(msgspec.Struct, frozen=True):
    """Two trees to compare."""

    base: str
    """A commit's full id."""
    head: str | None
    """A commit's full id, or None for the work tree with its untracked files."""


def resolve(root: Path, text: str) -> Range:
    """`A..B` compares the two; `A...B` and a bare `A` start from the merge base, a bare `A` ends at the work tree.

    Raises:
        UsageError: a name is unknown, or the history at hand is too short to hold the merge base.
    """
    if "..." in text:
        left, _, right = text.partition("...")
        head = _commit(root, right or "HEAD")
        return Range(_merge_base(root, _commit(root, left or "HEAD"), head, text), head)
    if ".." in text:
        left, _, right = text.partition("..")
        return Range(_commit(root, left or "HEAD"), _commit(root, right or "HEAD"))
    return Range(_merge_base(root, _commit(root, text), _commit(root, "HEAD"), text), None)


def _commit(root: Path, name: str) -> str:
    try:
        return git.commit(root, name)
    except git.GitError as error:
        advice = (
            "make the first one, or judge everything with `bartizan scan .`"
            if name == "HEAD"
            else "fetch it first, as in `git fetch origin main`, or check the spelling"
        )
        raise UsageError(f"git knows no commit `{name}` here: {advice}") from error


def _merge_base(root: Path, one: str, other: str, text: str) -> str:
    try:
        return git.merge_base(root, one, other)
    except git.GitError as error:
        shallow = (root / ".git" / "shallow").exists() or _is_shallow(root)
        advice = (
            "this clone is shallow: fetch more of the history (`git fetch --unshallow`, or `fetch-depth: 0` in CI)"
            if shallow
            else "the histories are not related: compare the two trees with `A..B`"
        )
        raise UsageError(f"`{text}` has no merge base here; {advice}") from error


def _is_shallow(root: Path) -> bool:
    try:
        return git.git(root, "rev-parse", "--is-shallow-repository").strip() == b"true"
    except git.GitError:
        return False
