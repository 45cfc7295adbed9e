"""Reads the places that a scan is given: every file once, and what renderers make of charts and kustomizations."""

import os
from collections import Counter
from collections.abc import Callable
from functools import partial
from os.path import normpath
from pathlib import Path
from typing import Any

from bartizan.app.judging import Material, Progress
from bartizan.model.unknown import Unknown
from bartizan.sources import git
from bartizan.sources.blob import Blob
from bartizan.sources.folder import FolderSource
from bartizan.sources.installers import Installer, installers
from bartizan.sources.manifests import FileReading, read_manifest
from bartizan.sources.rendered import Made
from bartizan.sources.rendering import needs_rendering, roles, set_apart

STDIN = "-"


def shown(root: Path, cwd: Path) -> Callable[[str], str]:
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


class Reader:
    """Reads places one after the other."""

    def __init__(
        self,
        cwd: Path,
        namespace: str,
        exclude: tuple[Path, tuple[str, ...]],
        progress: Progress,
        minor: int | None,
    ) -> None:
        """Name files from `cwd`.

        Args:
            namespace: For objects that name none.
            exclude: A folder, and patterns in `.gitignore` syntax that hold below it.
            minor: Of the Kubernetes version that charts are rendered for; None where nothing is rendered.
        """
        self.cwd = cwd
        self.minor = minor
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
            shown=shown(root, self.cwd),
            seen=seen,
        )

    def read_text(self, blob: Blob) -> None:
        """The objects of one text."""
        self.files += 1
        self.readings.append(read_manifest(blob, self.namespace))
        if self.files % 100 == 0:
            self.progress("reading", self.files, 0)

    def material(self, unknowns: tuple[Unknown, ...]) -> Material:
        """All that was read, and what was made of it."""
        readings = sorted(self.readings, key=lambda reading: reading.file)
        return Material(
            readings=tuple(set_apart(readings, self._is_left_out, self._made(readings), self.namespace)),
            unknowns=(*unknowns, *self.unknowns),
            counts=self.counts,
            files=self.files,
        )

    def _made(self, readings: list[FileReading]) -> Made | None:
        if self.minor is None or not needs_rendering(roles(readings), readings):
            return None
        from bartizan.app.making import Maker  # noqa: PLC0415 - starts processes, and few trees need it
        from bartizan.sources.files import DiskFiles  # noqa: PLC0415 - as above

        self.progress("rendering", 0, 0)
        found = [Installer(r.file, raw) for r in readings for raw in installers(r.resources)]
        return Maker(self.minor, self.namespace).make(
            readings, DiskFiles(self.cwd, self.places), found, partial(_config_map, readings)
        )


def _config_map(readings: list[FileReading], namespace: str, name: str) -> dict[str, Any] | None:
    """The first ConfigMap of a name, in a namespace or in one that is not written."""
    for reading in readings:
        for item in reading.resources:
            if (item.group, item.kind, item.name) == ("", "ConfigMap", name) and item.namespace in ("", namespace):
                return item.raw
    return None
