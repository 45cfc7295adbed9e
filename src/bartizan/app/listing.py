"""The manifests of a git tree: links resolved inside it, ignore rules applied, what cannot be read told.

The order of the files is that in which a scan of the checked-out tree reads them: folder by folder, links last.
"""

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from posixpath import dirname

import msgspec

from bartizan.app.errors import UsageError
from bartizan.model.unknown import Unknown
from bartizan.sources import git
from bartizan.sources.blob import is_manifest
from bartizan.sources.git import LINK, SUBMODULE, Entry, Links, Tree
from bartizan.sources.ignore import OWN_IGNORE, IgnoreRules


class Listing(msgspec.Struct, frozen=True):
    """What there is to read in a tree."""

    tree: Tree
    files: Tree
    """Manifests by name; a link that leads to a file which is not read otherwise has that file's entry."""
    places: dict[str, str]
    """For such a link: the name of the file that it leads to."""
    unknowns: dict[str, tuple[str, Unknown]]
    """By name: an id that changes when the thing does, and why it cannot be read."""
    counts: Counter[str]


class Ignored:
    """What is left out of a tree: by `.bartizanignore` files, or by the configuration's `exclude`."""

    def __init__(self, own: IgnoreRules, exclude: IgnoreRules) -> None:
        self._rules = own, exclude
        self._folders = {"": ""}

    def folder(self, name: str) -> str:
        """The outermost ignored folder on the way down to a folder, itself included; empty where there is none."""
        unseen = []
        while (place := name if not unseen else dirname(unseen[-1])) not in self._folders:
            unseen.append(place)
        for place in reversed(unseen):
            above = self._folders[dirname(place)]
            self._folders[place] = above or (place if self._names(place, folder=True) else "")
        return self._folders[name]

    def file(self, name: str) -> bool:
        """Whether a file is named itself."""
        return self._names(name, folder=False)

    def _names(self, name: str, *, folder: bool) -> bool:
        return any(rules.ignores(name, folder=folder) for rules in self._rules)


def ignore_rules(root: Path, tree: Tree, exclude: Sequence[str]) -> Ignored:
    """What the `.bartizanignore` files of a tree leave out, and the configuration's patterns."""
    own = IgnoreRules()
    for name, text in sorted(ignore_files(root, tree).items(), key=lambda item: item[0].count("/")):
        own = _entering(own, dirname(name), text.splitlines(), name)
    return Ignored(own, _entering(IgnoreRules(), "", exclude, "`exclude` in the configuration"))


def ignore_files(root: Path, tree: Tree) -> dict[str, str]:
    """The text of each `.bartizanignore`."""
    links = Links(root, tree)
    places = {name: links.place(name) for name in sorted(tree) if name.rpartition("/")[2] == OWN_IGNORE}
    files = [(place, tree[place]) for place in places.values() if place in tree]
    texts = dict(git.contents(root, files))
    return {name: (texts.get(place or "") or b"").decode("utf-8", "replace") for name, place in places.items()}


def _entering(rules: IgnoreRules, folder: str, lines: Sequence[str], source: str) -> IgnoreRules:
    try:
        return rules.entering(folder, lines)
    except (ValueError, re.error) as error:
        raise UsageError(f"{source}: {error}") from error


def listing(root: Path, tree: Tree, ignored: Ignored) -> Listing:
    """The manifests of a tree."""
    found = Listing(tree, {}, {}, {}, Counter())
    links: list[str] = []
    left_out: set[str] = set()
    for name in sorted(tree, key=lambda name: name.split("/")):
        mode = tree[name].mode
        if folder := ignored.folder(dirname(name)):
            left_out.add(folder)
        elif mode == SUBMODULE:
            if not ignored.folder(name):
                _unknown(found, name, "history", "a submodule is a repository of its own: scan it there")
        elif mode == LINK or is_manifest(name):
            if ignored.file(name):
                found.counts["ignored-file"] += is_manifest(name)
            elif mode == LINK:
                links.append(name)
            else:
                found.files[name] = tree[name]
    found.counts.update({"ignored-folder": len(left_out)} if left_out else {})
    _follow(found, Links(root, tree), links)
    return found


def _follow(found: Listing, links: Links, names: Sequence[str]) -> None:
    """What links lead to: read at its own place, or through the link where that is not read."""
    folders = {str(parent) for name in found.tree for parent in PurePosixPath(name).parents} if names else ()
    seen = set(found.files)
    for name in names:
        place = links.place(name)
        entry = found.tree.get(place or "")
        if place is None:
            if _may_hold_manifests(name):
                _unknown(found, name, "outside-link", "the link leads out of the scanned folder; scan its target")
        elif (place or ".") in folders or (entry is not None and entry.mode == SUBMODULE):
            found.counts["link"] += 1
        elif entry is None:
            if _may_hold_manifests(name):
                _unknown(found, name, "unreadable-file", "the link leads nowhere")
        elif is_manifest(name) or is_manifest(place):
            if place in seen:
                found.counts["link"] += 1
            else:
                seen.add(place)
                found.files[name] = entry
                found.places[name] = place


def _may_hold_manifests(name: str) -> bool:
    """Whether a link whose target nobody knows may lead to a manifest or to a folder of them."""
    return is_manifest(name) or not PurePosixPath(name).suffix


def _unknown(found: Listing, name: str, code: str, message: str) -> None:
    oid: str = found.tree[name].oid
    found.unknowns[name] = (oid, Unknown(file=name, code=code, message=message))
