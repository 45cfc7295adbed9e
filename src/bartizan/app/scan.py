"""The main job: `bartizan scan`. Reads files, judges them, tells."""

import os
from collections.abc import Callable
from datetime import date
from glob import glob, has_magic
from pathlib import Path

import msgspec

from bartizan.app import configuration as config
from bartizan.app import judging, plugins, selection
from bartizan.app.errors import UsageError
from bartizan.app.exceptions import read_exceptions
from bartizan.app.judging import Material, Progress, Rules, silent
from bartizan.app.outcome import Gate, closed
from bartizan.app.reading import STDIN, Reader, shown
from bartizan.checks.check import NEWEST_MINOR, Level
from bartizan.model.finding import Persona, Severity
from bartizan.model.report import Report
from bartizan.model.unknown import Unknown
from bartizan.sources import git
from bartizan.sources.blob import Blob
from bartizan.sources.folder import FolderSource


class Flags(msgspec.Struct, frozen=True, kw_only=True):
    """What the command line says over the configuration; None where it says nothing."""

    select: tuple[str, ...] = ()
    skip: tuple[str, ...] = ()
    persona: Persona | None = None
    level: Level | None = None
    fail_on: Severity | None = None
    kubernetes_version: str | None = None
    served_version: str | None = None
    """What a cluster says of itself: counts where nobody names a version."""
    namespace: str = ""
    config_file: str | None = None
    keep_passes: bool = False
    allow_incomplete: bool = False
    allow_empty: bool = False
    strict: bool = False
    render: bool = True
    """Whether charts and kustomizations are rendered."""


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
    minor = rules.selection.minor if flags.render else None
    reader = Reader(cwd, flags.namespace, (home, configuration.exclude), progress, minor)
    reader.read(places)
    if STDIN in paths:
        reader.read_text(Blob(STDIN, stdin()))
    material = reader.material(unknowns)
    return report(material, rules, flags, tuple(sorted(set(paths))), progress)


def rules_without_paths(flags: Flags, at: date, cwd: Path) -> tuple[Rules, tuple[Unknown, ...]]:
    """What a run judges by that reads no files: the configuration and the exceptions of where it is started."""
    file = _configuration_file(flags, [], cwd)
    configuration = config.load(file) if file else config.Configuration()
    return _rules(configuration, file.parent if file else _home([], cwd), flags, at, cwd)


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
    versions = (flags.kubernetes_version, configuration.kubernetes_version, flags.served_version)
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
            source = FolderSource(place, place, shown=shown(place, cwd))
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
