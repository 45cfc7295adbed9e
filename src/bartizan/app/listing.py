"""The manifests of a git tree: links resolved inside it, ignore rules applied, what cannot be read told."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from posixpath import dirname, normpath

import msgspec

from bartizan.app.errors import UsageError
from bartizan.model.unknown import Unknown
from bartizan.sources import git
from bartizan.sources.blob import is_manifest
from bartizan.sources.git import LINK, SUBMODULE, Entry, Tree
from bartizan.sources.ignore import OWN_IGNORE, IgnoreRules


class Listing(msgspec.Struct, frozen=True):
    """What there is to read in a tree."""

    files: Tree
    """Manifests by name; a link that leads to a file which is not read otherwise has that file's entry."""
    places: dict[str, str]
    """For such a link: the name of the file that it leads to."""
    unknowns: dict[str, tuple[str, Unknown]]
    """By name: an id that changes when the thing does, and why it cannot be read."""
    counts: Counter[str]


def ignore_rules(root: Path, tree: Tree, exclude: Sequence[str]) -> IgnoreRules:
    """The `.bartizanignore` files of a tree, and the configuration's patterns."""
    names = [name for name in tree if name == OWN_IGNORE or name.endswith("/" + OWN_IGNORE)]
    files = sorted(((name, tree[name]) for name in names), key=lambda item: (item[0].count("/"), item[0]))
    rules = IgnoreRules()
    for name, data in git.contents(root, files):
        rules = rules.entering(dirname(name), (data or b"").decode("utf-8", "replace").splitlines())
    try:
        return rules.entering("", exclude)
    except ValueError as error:
        raise UsageError(f"`exclude` in the configuration: {error}") from error


def listing(root: Path, tree: Tree, rules: IgnoreRules) -> Listing:
    """The manifests of a tree."""
    found = Listing({}, {}, {}, Counter())
    links = []
    for name in sorted(tree):
        entry = tree[name]
        if entry.mode == LINK:
            links.append((name, entry))
        elif entry.mode == SUBMODULE:
            _unknown(found, name, entry, "history", "a submodule is a repository of its own: scan it there")
        elif is_manifest(name):
            _manifest(found, name, entry, rules)
    for name, data in git.contents(root, links):
        if not rules.ignores_on_the_way(name):
            _link(found, tree, name, (data or b"").decode("utf-8", "surrogateescape"))
    return found


def _manifest(found: Listing, name: str, entry: Entry, rules: IgnoreRules) -> None:
    if rules.ignores_on_the_way(name):
        found.counts["ignored-file"] += 1
    else:
        found.files[name] = entry


def _link(found: Listing, tree: Tree, name: str, target: str) -> None:
    place = normpath(f"{dirname(name)}/{target}")
    entry = tree.get(place)
    if target.startswith("/") or place.startswith(".."):
        message = "the link leads out of the scanned folder; scan its target"
        _unknown(found, name, tree[name], "outside-link", message)
    elif entry is not None and entry.mode != LINK:
        if place in found.files:
            found.counts["link"] += 1
        elif is_manifest(name):
            found.files[name] = entry
            found.places[name] = place
    elif any(other.startswith(place + "/") for other in tree) or place == ".":
        found.counts["link"] += 1
    elif is_manifest(name):
        _unknown(found, name, tree[name], "unreadable-file", "the link leads nowhere, or to another link")


def _unknown(found: Listing, name: str, entry: Entry, code: str, message: str) -> None:
    found.unknowns[name] = (entry.oid, Unknown(file=name, code=code, message=message))
