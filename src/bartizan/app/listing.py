"""The manifests of a git tree: links resolved inside it, ignore rules applied, what cannot be read told.

All of it is what `bartizan.sources.folder` finds in the same tree where it is checked out.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath
from posixpath import dirname

import msgspec

from bartizan.model.unknown import Unknown
from bartizan.sources import git
from bartizan.sources.blob import is_manifest
from bartizan.sources.folder import NOWHERE, OUTSIDE
from bartizan.sources.git import LINK, SUBMODULE, Entry, Tree
from bartizan.sources.ignore import OWN_IGNORE, IgnoreRules
from bartizan.sources.links import Links


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
        unseen: list[str] = []
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


def ignore_rules(root: Path, tree: Tree, exclude: Sequence[str], exclude_from: str) -> Ignored:
    """What the `.bartizanignore` files of a tree leave out, and the configuration's patterns below its folder."""
    own = IgnoreRules()
    for name, text in sorted(ignore_files(root, tree).items(), key=lambda item: item[0].count("/")):
        own = own.entering(dirname(name), text.splitlines())
    return Ignored(own, IgnoreRules().entering(exclude_from, exclude))


def ignore_files(root: Path, tree: Tree) -> dict[str, str]:
    """The text of each `.bartizanignore`; as git does, none is read through a link."""
    files = [(name, tree[name]) for name in sorted(tree) if _is_ignore_file(name) and tree[name].mode != LINK]
    return {name: (data or b"").decode("utf-8", "replace") for name, data in git.contents(root, files)}


def _is_ignore_file(name: str) -> bool:
    return name.rpartition("/")[2] == OWN_IGNORE


def listing(root: Path, tree: Tree, ignored: Ignored) -> Listing:
    """The manifests of a tree, in the order of their names."""
    found = Listing(tree, {}, {}, {}, Counter())
    links: list[str] = []
    left_out: set[str] = set()
    for name in sorted(tree):
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
    if links:
        _Follower(found, ignored, Links(root, tree)).follow(sorted(links, key=lambda name: name.split("/")))
    return msgspec.structs.replace(found, files={name: found.files[name] for name in sorted(found.files)})


class _Follower:
    """Reads what links lead to: at its own place, or through the link where that is not read."""

    def __init__(self, found: Listing, ignored: Ignored, links: Links) -> None:
        self.found = found
        self.ignored = ignored
        self.links = links
        self.seen = set(found.files)
        self.folders = {str(parent) for name in found.tree for parent in PurePosixPath(name).parents}
        self.walked: set[str] = set()

    def follow(self, names: list[str]) -> None:
        """Each link, and those behind it."""
        for name in names:
            if _is_ignore_file(name):
                _unknown(self.found, name, "unreadable-file", "it is a link; nothing was ignored by it")
        while names:
            names = [more for name in names for more in self._follow(name)]

    def _follow(self, name: str) -> Iterator[str]:
        place = self.links.place(name)
        entry = self.found.tree.get(place or "")
        if place is None:
            if _may_hold_manifests(name):
                _unknown(self.found, name, "outside-link", OUTSIDE)
        elif (place or ".") in self.folders or (entry is not None and entry.mode == SUBMODULE):
            yield from self._folder(name, place)
        elif entry is None:
            if _may_hold_manifests(name):
                _unknown(self.found, name, "unreadable-file", NOWHERE)
        elif is_manifest(name) or is_manifest(place):
            self._file(name, place, entry)

    def _file(self, name: str, place: str, entry: Entry) -> None:
        if place in self.seen:
            self.found.counts["link"] += 1
        else:
            self.seen.add(place)
            self.found.files[name] = entry
            self.found.places[name] = place

    def _folder(self, name: str, place: str) -> Iterator[str]:
        """The links in a folder that is read through a link, since ignore rules leave out its own place."""
        if not self.ignored.folder(place) or place in self.walked:
            self.found.counts["link"] += 1
            return
        self.walked.add(place)
        for inner in sorted(self.found.tree):
            if inner.startswith(place + "/"):
                shown = name + inner[len(place) :]
                entry = self.found.tree[inner]
                if self.ignored.folder(dirname(shown)) or self.ignored.file(shown):
                    continue
                if entry.mode == LINK:
                    yield shown
                elif entry.mode != SUBMODULE and is_manifest(inner) and inner not in self.seen:
                    self._file(shown, inner, entry)


def _may_hold_manifests(name: str) -> bool:
    """Whether a link whose target nobody knows may lead to a manifest or to a folder of them."""
    return is_manifest(name) or not PurePosixPath(name).suffix


def _unknown(found: Listing, name: str, code: str, message: str) -> None:
    entry = found.tree.get(name)
    found.unknowns[name] = (entry.oid if entry else "", Unknown(file=name, code=code, message=message))
