"""The rules of both sides of a change: it is judged by those of its base; those of its head are compared."""

import os
from collections.abc import Iterator
from datetime import date
from fnmatch import fnmatchcase
from pathlib import Path
from posixpath import dirname, normpath

import msgspec

from bartizan.app import configuration as config
from bartizan.app import judging, plugins, selection
from bartizan.app.errors import UsageError
from bartizan.app.exceptions import read_exceptions
from bartizan.app.judging import Rules
from bartizan.app.listing import ignore_files
from bartizan.app.scan import Flags, merged
from bartizan.evaluate import Judge
from bartizan.model.exception import ExceptionEntry
from bartizan.model.unknown import Unknown
from bartizan.sources import git
from bartizan.sources.blob import Blob, is_manifest
from bartizan.sources.folder import FolderSource
from bartizan.sources.git import Tree
from bartizan.sources.links import Links

NO_FLAGS = Flags()
GATE_RELAXED = "gate-relaxed"


class Ruleset(msgspec.Struct, frozen=True):
    """What one tree asks to be judged by."""

    file: str
    """The configuration's name."""
    home: str
    """The folder of the tree below which the configuration's own patterns hold."""
    exclude: tuple[str, ...]
    """These patterns, as they are written."""
    configuration: config.Configuration
    """As it would be written in the tree's root, so that two of different folders can be compared."""
    selection: selection.Selection
    """Of the configuration alone: flags hold for both sides and loosen nothing."""
    exceptions: tuple[ExceptionEntry, ...]
    ignore_files: dict[str, str]
    """The text of each `.bartizanignore`."""
    unknowns: tuple[Unknown, ...]


class Judging(msgspec.Struct, frozen=True):
    """What both sides are judged by."""

    rules: Rules
    exclude: tuple[str, ...]
    exclude_from: str
    """The folder below which the patterns hold."""


class GateRules(msgspec.Struct, frozen=True):
    """Both rule sets, and which one counts."""

    base: Ruleset
    head: Ruleset
    trusted: int
    """0 where the base's count, 1 where the head's do."""
    judging: Judging

    @property
    def unknowns(self) -> tuple[Unknown, ...]:
        """What could not be read of the head's rules, and of those that count."""
        return (*self.base.unknowns, *self.head.unknowns) if not self.trusted else self.head.unknowns


class _Place(msgspec.Struct, frozen=True):
    """Where the configuration stands, and from where its folders and patterns start."""

    file: str
    home: str | Path
    """A folder of each tree, or one on the disk outside of them."""
    given: config.Configuration | None = None
    """The configuration itself, where it is none of the trees'."""


def base_and_head(
    root: Path, trees: tuple[Tree, Tree], flags: Flags, at: date, *, cwd: Path, trust_head: bool
) -> GateRules:
    """The rules of both trees.

    A configuration named by `--config` that either tree holds is read from each of them like any other: what
    the change makes of it does not count either.

    Raises:
        UsageError: the configuration that counts cannot be read.
    """
    trusted = int(trust_head)
    sets = [
        _Reader(root, tree, place, strict=index == trusted).ruleset()
        for index, (tree, place) in enumerate(zip(trees, _places(root, trees, flags, cwd), strict=True))
    ]
    counting = sets[trusted]
    wanted = merged(counting.configuration, flags)
    rules = Rules(
        selection=wanted,
        judges=_with_the_gate(selection.judges(plugins.checks(), wanted), wanted),
        exceptions=counting.exceptions,
        fail_on=flags.fail_on or counting.configuration.fail_on or "high",
        at=at,
    )
    return GateRules(sets[0], sets[1], trusted, Judging(rules, counting.exclude, counting.home))


def _with_the_gate(judges: tuple[Judge, ...], wanted: selection.Selection) -> tuple[Judge, ...]:
    """A level selects checks of objects; that the change is held to its base's rules is no choice of theirs."""
    if not wanted.level or any(fnmatchcase(GATE_RELAXED, pattern) for pattern in wanted.ignore):
        return judges
    check = next(check for check in plugins.checks() if check.id == GATE_RELAXED)
    return (*judges, Judge(check, check.params(), wanted.severity.get(GATE_RELAXED)))


def _places(root: Path, trees: tuple[Tree, Tree], flags: Flags, cwd: Path) -> tuple[_Place, _Place]:
    """Where each tree has its configuration."""
    if flags.config_file is not None:
        place = _named(root, trees, flags.config_file, cwd)
        return place, place
    start = cwd.relative_to(root).as_posix() if cwd.is_relative_to(root) else ""
    base, head = (_nearest(tree, start) for tree in trees)
    # What the head takes away is told where it stood.
    gone = _Place(base.file if base else config.FILE_NAME, "", config.Configuration())
    return base or _Place(config.FILE_NAME, "", config.Configuration()), head or gone


def _nearest(tree: Tree, start: str) -> _Place | None:
    """The configuration that a scan of the folder `start` would take: the nearest one up the tree."""
    folder = "" if start == "." else start
    while (name := f"{folder}/{config.FILE_NAME}" if folder else config.FILE_NAME) not in tree:
        if not folder:
            return None
        folder = dirname(folder)
    return _Place(name, folder)


def _named(root: Path, trees: tuple[Tree, Tree], text: str, cwd: Path) -> _Place:
    """The configuration of `--config`."""
    if text == "none":
        return _Place(config.FILE_NAME, "", config.Configuration())
    file = Path(os.path.abspath(cwd / text))  # noqa: PTH100 - links stay as they are
    if not file.is_relative_to(root):
        return _Place(str(file), file.parent, config.load(file))
    name = file.relative_to(root).as_posix()
    kept = any(name in tree for tree in trees)
    return _Place(name, dirname(name), None if kept else config.load(file))


def _from_root(configuration: config.Configuration, home: str) -> config.Configuration:
    """The configuration with patterns and folders as the root's would have them."""
    if not home:
        return configuration
    named = configuration.exceptions != config.Configuration().exceptions
    folders = tuple(normpath(f"{home}/{folder}") for folder in configuration.exceptions)
    return msgspec.structs.replace(
        configuration,
        exclude=tuple(_pattern_from_root(pattern, home) for pattern in configuration.exclude),
        exceptions=folders if named else configuration.exceptions,
    )


def _pattern_from_root(pattern: str, home: str) -> str:
    """`/deploy/**/x` for an `x` that is written in `deploy`: without a slash inside it holds at any depth."""
    negated, body = ("!", pattern[1:]) if pattern.startswith("!") else ("", pattern)
    if body.startswith("#") or not body.strip():
        return pattern
    anchored = "/" in body.rstrip("/")
    return f"{negated}/{home}/{body.lstrip('/')}" if anchored else f"{negated}/{home}/**/{body}"


class _Reader:
    """Reads the rules of one tree; what cannot be read of the rules that count ends the run."""

    def __init__(self, root: Path, tree: Tree, place: _Place, *, strict: bool) -> None:
        self.root = root
        self.tree = tree
        self.place = place
        self.strict = strict
        self.links = Links(root, tree)
        self.unknowns: list[Unknown] = []

    def ruleset(self) -> Ruleset:
        """The whole of it."""
        configuration, wanted, blobs = config.Configuration(), selection.Selection(), list[Blob]()
        try:
            configuration = self.place.given or self._configuration()
            wanted = merged(configuration, NO_FLAGS)
            selection.judges(plugins.checks(), wanted)
            for folder in configuration.exceptions:
                blobs += self._exceptions(
                    folder, needed=configuration.exceptions != config.Configuration().exceptions
                )
        except UsageError as error:
            if self.strict:
                raise
            problem = f"the head's configuration cannot be read, so nobody knows what it loosens: {error}"
            self._unknown(self.place.file, "unreadable-configuration", problem)
            configuration, wanted = config.Configuration(), selection.Selection()
        entries, unread = read_exceptions(blobs)
        known, misspelt = judging.known_targets(entries, plugins.checks())
        home = self.place.home if isinstance(self.place.home, str) else ""
        return Ruleset(
            self.place.file,
            home,
            configuration.exclude,
            _from_root(configuration, home),
            wanted,
            known,
            ignore_files(self.root, self.tree),
            (*self.unknowns, *unread, *misspelt),
        )

    def _configuration(self) -> config.Configuration:
        name = self.place.file
        if name not in self.tree:
            return config.Configuration()
        text = self._content(name)
        if text is None:
            raise UsageError(f"{name} cannot be had: it is a link out of the repository, or git lacks its content")
        return config.parse(text, name)

    def _content(self, name: str) -> bytes | None:
        """What stands in a file, or in the one that it leads to inside the tree."""
        place = self.links.place(name)
        entry = self.tree.get(place or "")
        if place is None or entry is None:
            return None
        ((_, data),) = git.contents(self.root, [(place, entry)])
        return data

    def _exceptions(self, folder: str, *, needed: bool) -> Iterator[Blob]:
        """The exceptions in a folder that the configuration names, which has to be there if it is `needed`."""
        if isinstance(self.place.home, Path):
            yield from self._exceptions_on_disk(self.place.home / folder, needed=needed)
            return
        shown = normpath(f"{self.place.home}/{folder}") if self.place.home else normpath(folder)
        place = None if folder.startswith("/") else self.links.place(shown)
        if place is None:
            message = "the folder of exceptions leads out of the repository, and a diff reads none there"
            self._unknown(shown, "unreadable-exception", message)
            return
        inside = f"{place}/" if place else ""
        names = [name for name in sorted(self.tree) if name.startswith(inside)]
        if needed and not names:
            raise UsageError(f"the configuration looks for exceptions in `{shown}`, which is no folder")
        for name in filter(is_manifest, names):
            data = self._content(name)
            if data is None:
                message = "the exception suppresses nothing: its content cannot be had"
                self._unknown(name, "unreadable-exception", message)
            else:
                yield Blob(name, data)

    def _exceptions_on_disk(self, place: Path, *, needed: bool) -> Iterator[Blob]:
        if place.is_dir():
            source = FolderSource(place, place, shown=lambda name: f"{place.as_posix()}/{name}")
            yield from source.blobs()
            yield from source.linked()
            self.unknowns += source.unknowns
        elif needed:
            raise UsageError(f"the configuration looks for exceptions in `{place}`, which is no folder")

    def _unknown(self, file: str, code: str, message: str) -> None:
        self.unknowns.append(Unknown(file=file, line=1, column=1, code=code, message=message))
