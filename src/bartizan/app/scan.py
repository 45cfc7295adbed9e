"""The main job: `bartizan scan`. Reads files, judges them, tells."""

import os
from collections import Counter
from collections.abc import Callable
from datetime import date
from glob import glob, has_magic
from os.path import normpath
from pathlib import Path

import msgspec

from bartizan.app import configuration as config
from bartizan.app import judging, plugins, selection
from bartizan.app.errors import UsageError
from bartizan.app.exceptions import read_exceptions
from bartizan.app.judging import Material, Progress, Rules, silent
from bartizan.app.outcome import Gate, closed
from bartizan.checks.check import NEWEST_MINOR, Level
from bartizan.model.finding import Persona, Severity
from bartizan.model.report import Report
from bartizan.model.unknown import Unknown
from bartizan.sources import git
from bartizan.sources.blob import Blob
from bartizan.sources.folder import FolderSource
from bartizan.sources.manifests import FileReading, read_manifest
from bartizan.sources.rendering import set_apart

STDIN = "-"


class Flags(msgspec.Struct, frozen=True, kw_only=True):
    """What the command line says over the configuration; None where it says nothing."""

    select: tuple[str, ...] = ()
    skip: tuple[str, ...] = ()
    persona: Persona | None = None
    level: Level | None = None
    fail_on: Severity | None = None
    kubernetes_version: str | None = None
    namespace: str = ""
    config_file: str | None = None
    keep_passes: bool = False
    allow_incomplete: bool = False
    allow_empty: bool = False
    strict: bool = False


def scan(
    paths: tuple[str, ...],
    flags: Flags,
    at: date,
    *,
    cwd: Path,
    stdin: Callable[[], bytes] = bytes,
    progress: Progress = silent,
) -> Report:
    """Judge the manifests at `paths`.

    Args:
        paths: Files, folders, patterns, or `-` for standard input.
        at: The day by which exceptions expire.
        cwd: Where relative paths start.
        stdin: Reads standard input; called only for `-`.

    Raises:
        UsageError: nothing can be judged as asked.
    """
    places = _places(paths, cwd)
    file = _configuration_file(flags, places, cwd)
    configuration = config.load(file) if file else config.Configuration()
    home = file.parent if file else cwd
    rules, unknowns = _rules(configuration, file.parent if file else _home(places, cwd), flags, at, cwd)
    reader = _Reader(cwd, flags.namespace, (home, configuration.exclude), progress)
    reader.read(places)
    if STDIN in paths:
        reader.read_text(Blob(STDIN, stdin()))
    material = reader.material(unknowns)
    return report(material, rules, flags, tuple(sorted(set(paths))), progress)


def report(
    material: Material, rules: Rules, flags: Flags, paths: tuple[str, ...], progress: Progress = silent
) -> Report:
    """What was read, judged and told."""
    evaluation = judging.judge(material, rules, keep_passes=flags.keep_passes, progress=progress)
    made = Report(
        header=rules.header("scan", paths),
        coverage=judging.coverage(material, evaluation),
        rules=judging.told_rules(rules.judges),
        findings=judging.ranked(evaluation.findings),
        unknowns=judging.gathered_unknowns(material, evaluation),
        results=tuple(result for result in evaluation.results if result.verdict != "fail"),
        tally=evaluation.tally,
    )
    return closed(made, gate(rules, flags))


def gate(rules: Rules, flags: Flags) -> Gate:
    """What fails the run."""
    return Gate(
        fail_on=rules.fail_on,
        allow_incomplete=flags.allow_incomplete,
        allow_empty=flags.allow_empty,
        strict=flags.strict,
    )


def merged(configuration: config.Configuration, flags: Flags) -> selection.Selection:
    """Flags over configuration over defaults."""
    versions = (flags.kubernetes_version, configuration.kubernetes_version)
    version = next((version for version in versions if version is not None), None)
    return selection.Selection(
        select=flags.select or configuration.checks.select,
        ignore=(*configuration.checks.ignore, *flags.skip),
        params=configuration.checks.params,
        severity=configuration.severity,
        persona=flags.persona or configuration.persona or "regular",
        level=flags.level or configuration.level,
        minor=NEWEST_MINOR if version is None else selection.minor(version),
    )


def _rules(
    configuration: config.Configuration, home: Path, flags: Flags, at: date, cwd: Path
) -> tuple[Rules, tuple[Unknown, ...]]:
    wanted = merged(configuration, flags)
    source_unknowns, blobs = _exception_blobs(configuration, home, cwd)
    entries, unread = read_exceptions(blobs)
    known, misspelt = judging.known_targets(entries, plugins.checks())
    rules = Rules(
        selection=wanted,
        judges=selection.judges(plugins.checks(), wanted),
        exceptions=known,
        fail_on=flags.fail_on or configuration.fail_on or "high",
        at=at,
    )
    return rules, (*source_unknowns, *unread, *misspelt)


def _exception_blobs(
    configuration: config.Configuration, home: Path, cwd: Path
) -> tuple[tuple[Unknown, ...], list[Blob]]:
    unknowns: list[Unknown] = []
    blobs: list[Blob] = []
    for folder in configuration.exceptions:
        place = home / folder
        if place.is_dir():
            source = FolderSource(place, place, shown=_shown(place, cwd))
            blobs += [*source.blobs(), *source.linked()]
            unknowns += source.unknowns
        elif configuration.exceptions != config.Configuration().exceptions or place.exists():
            raise UsageError(f"the configuration looks for exceptions in `{place}`, which is no folder")
    return tuple(unknowns), blobs


def _places(paths: tuple[str, ...], cwd: Path) -> list[Path]:
    """The files and folders that the arguments name, each once, in name order: a folder before what is in it."""
    found: set[Path] = set()
    for text in paths:
        if text == STDIN:
            continue
        if not text:
            raise UsageError("a path is empty: name a file or a folder")
        place = cwd / text
        if os.path.lexists(place):
            found.add(_absolute(place))
        elif has_magic(text):
            matches = glob(text, root_dir=cwd, recursive=True)  # noqa: PTH207 - it may be absolute
            if not matches:
                raise UsageError(f"the pattern `{text}` matches no file")
            found.update(_absolute(cwd / match) for match in matches)
        else:
            raise UsageError(f"`{text}` does not exist")
    return sorted(found)


def _absolute(path: Path) -> Path:
    """Without `..`, links kept: a name that the user knows."""
    return Path(*path.parent.resolve().parts, path.name) if path.name not in ("", "..") else path.resolve()


def _configuration_file(flags: Flags, places: list[Path], cwd: Path) -> Path | None:
    if flags.config_file == "none":
        return None
    if flags.config_file:
        return cwd / flags.config_file
    files = {config.nearest(place) for place in places or [cwd]}
    if len(files) > 1:
        listed = ", ".join(sorted(str(file) for file in files if file))
        raise UsageError(f"the paths have different configurations ({listed}): scan them apart, or use --config")
    return next(iter(files))


def _home(places: list[Path], cwd: Path) -> Path:
    """Where exceptions are looked for without a configuration, wherever the run is started from.

    That is the root of the repository that holds what is scanned and, without one, the scanned folder. Where
    several places would have several homes, it is the working folder.
    """
    homes = {git.top(place) or (place if place.is_dir() else place.parent) for place in places or [cwd]}
    return homes.pop() if len(homes) == 1 else cwd


def _shown(root: Path, cwd: Path) -> Callable[[str], str]:
    """How names below `root` are told: from the working folder where they are below it, else in full."""
    if root.is_relative_to(cwd):
        prefix = root.relative_to(cwd).as_posix()
        if prefix == ".":
            return lambda name: f"./{name}" if name == STDIN else name
        return lambda name: f"{prefix}/{name}".rstrip("/")
    if cwd.is_relative_to(root):
        inner = cwd.relative_to(root).as_posix() + "/"
        return lambda name: name.removeprefix(inner) if name.startswith(inner) else f"{root.as_posix()}/{name}"
    return lambda name: f"{root.as_posix()}/{name}".rstrip("/")


class _Reader:
    """Reads places one after the other."""

    def __init__(
        self, cwd: Path, namespace: str, exclude: tuple[Path, tuple[str, ...]], progress: Progress
    ) -> None:
        self.cwd = cwd
        self.namespace = namespace
        self.exclude = exclude
        self.progress = progress
        self.readings: list[FileReading] = []
        self.unknowns: list[Unknown] = []
        self.counts: Counter[str] = Counter()
        self.files = 0
        self.places: list[Path] = []

    def read(self, places: list[Path]) -> None:
        """Every file once; what links lead to comes last, for another place may hold it."""
        self.places = places
        seen: set[str] = set()
        sources = [self._source(place, seen) for place in places]
        for blobs in (*(source.blobs() for source in sources), *(source.linked() for source in sources)):
            for blob in blobs:
                self.read_text(blob)
        for source in sources:
            self.unknowns += source.unknowns
            self.counts.update(source.counts)

    def _is_left_out(self, name: str) -> bool:
        place = Path(normpath(self.cwd / name))
        return os.path.lexists(place) and not any(place.is_relative_to(asked) for asked in self.places)

    def _source(self, place: Path, seen: set[str]) -> FolderSource:
        top = git.top(place)
        root = top or (place if place.is_dir() else place.parent)
        if top is None and root.is_relative_to(self.exclude[0]):
            root = self.exclude[0]  # so that its patterns and ignore files hold as they are written
        return FolderSource(
            root,
            place,
            exclude=self.exclude,
            tracked=frozenset if top is None else lambda: git.tracked(root),
            shown=_shown(root, self.cwd),
            seen=seen,
        )

    def read_text(self, blob: Blob) -> None:
        self.files += 1
        self.readings.append(read_manifest(blob, self.namespace))
        if self.files % 100 == 0:
            self.progress("reading", self.files, 0)

    def material(self, unknowns: tuple[Unknown, ...]) -> Material:
        return Material(
            readings=tuple(set_apart(sorted(self.readings, key=lambda reading: reading.file), self._is_left_out)),
            unknowns=(*unknowns, *self.unknowns),
            counts=self.counts,
            files=self.files,
        )
