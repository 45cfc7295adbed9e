"""The rules of both sides of a change: it is judged by those of its base; those of its head are compared."""

from datetime import date
from pathlib import Path
from posixpath import normpath

import msgspec

from bartizan.app import configuration as config
from bartizan.app import judging, plugins, selection
from bartizan.app.errors import UsageError
from bartizan.app.exceptions import read_exceptions
from bartizan.app.judging import Rules
from bartizan.app.scan import Flags, merged
from bartizan.model.exception import ExceptionEntry
from bartizan.model.unknown import Unknown
from bartizan.sources import git
from bartizan.sources.blob import Blob, is_manifest
from bartizan.sources.git import Entry, Tree
from bartizan.sources.ignore import OWN_IGNORE

NO_FLAGS = Flags()


class Ruleset(msgspec.Struct, frozen=True):
    """What one tree asks to be judged by."""

    configuration: config.Configuration
    selection: selection.Selection
    """Of the configuration alone: flags hold for both sides and loosen nothing."""
    exceptions: tuple[ExceptionEntry, ...]
    ignore_lines: frozenset[tuple[str, str]]
    """File and line of each `.bartizanignore`."""
    unknowns: tuple[Unknown, ...]


class Judging(msgspec.Struct, frozen=True):
    """What both sides are judged by."""

    rules: Rules
    exclude: tuple[str, ...]


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


def base_and_head(root: Path, trees: tuple[Tree, Tree], flags: Flags, at: date, *, trust_head: bool) -> GateRules:
    """The rules of both trees.

    Raises:
        UsageError: the configuration that counts cannot be read.
    """
    given = config.load(Path(flags.config_file)) if flags.config_file not in (None, "none") else None
    if flags.config_file == "none":
        given = config.Configuration()
    trusted = int(trust_head)
    sets = [_ruleset(root, tree, given, strict=index == trusted) for index, tree in enumerate(trees)]
    counting = sets[trusted]
    wanted = merged(counting.configuration, flags)
    rules = Rules(
        selection=wanted,
        judges=selection.judges(plugins.checks(), wanted),
        exceptions=counting.exceptions,
        fail_on=flags.fail_on or counting.configuration.fail_on or "high",
        at=at,
    )
    return GateRules(sets[0], sets[1], trusted, Judging(rules, counting.configuration.exclude))


def _ruleset(root: Path, tree: Tree, given: config.Configuration | None, *, strict: bool) -> Ruleset:
    unknowns: list[Unknown] = []
    configuration = given or _configuration(root, tree, unknowns, strict=strict)
    entries, unread = read_exceptions(_exception_blobs(root, tree, configuration))
    known, misspelt = judging.known_targets(entries, plugins.checks())
    try:
        wanted = merged(configuration, NO_FLAGS)
        selection.judges(plugins.checks(), wanted)
    except UsageError as error:
        if strict:
            raise
        unknowns.append(_unreadable(str(error)))
        configuration, wanted = config.Configuration(), selection.Selection()
    return Ruleset(configuration, wanted, known, _ignore_lines(root, tree), (*unknowns, *unread, *misspelt))


def _configuration(root: Path, tree: Tree, unknowns: list[Unknown], *, strict: bool) -> config.Configuration:
    text = _text(root, tree, config.FILE_NAME)
    if text is None:
        return config.Configuration()
    try:
        return config.parse(text, config.FILE_NAME)
    except UsageError as error:
        if strict:
            raise
        unknowns.append(_unreadable(str(error)))
        return config.Configuration()


def _unreadable(problem: str) -> Unknown:
    message = f"the head's configuration cannot be read, so nobody knows what it loosens: {problem}"
    return Unknown(file=config.FILE_NAME, line=1, column=1, code="unreadable-configuration", message=message)


def _text(root: Path, tree: Tree, name: str) -> bytes | None:
    entry = tree.get(name)
    if entry is None:
        return None
    ((_, data),) = git.contents(root, [(name, entry)])
    return data


def _exception_blobs(root: Path, tree: Tree, configuration: config.Configuration) -> list[Blob]:
    folders = tuple(normpath(folder) + "/" for folder in configuration.exceptions)
    files: list[tuple[str, Entry]] = sorted(
        ((name, entry) for name, entry in tree.items() if name.startswith(folders) and is_manifest(name)),
        key=lambda item: item[0],
    )
    return [Blob(name, data) for name, data in git.contents(root, files) if data is not None]


def _ignore_lines(root: Path, tree: Tree) -> frozenset[tuple[str, str]]:
    files = [(name, entry) for name, entry in tree.items() if name.rpartition("/")[2] == OWN_IGNORE]
    return frozenset(
        (name, line.strip())
        for name, data in git.contents(root, files)
        for line in (data or b"").decode("utf-8", "replace").splitlines()
        if line.strip() and not line.startswith("#")
    )
