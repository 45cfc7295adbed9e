"""Files that are no objects by themselves: chart templates, kustomizations and their patches.

A template or patch is never judged as an object. What it makes is judged where a renderer made it; else one
Unknown per chart or kustomization says so.
"""

from collections import Counter
from collections.abc import Callable, Collection, Container, Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any

import msgspec

from bartizan.sources.kustomize import named_patches, taken_in
from bartizan.sources.manifests import FileReading
from bartizan.sources.not_rendered import changes, chart_told, kustomization_told, with_count, with_missing
from bartizan.sources.rendered import Made, Piece, Rendering, rendered_reading


def _never(_name: str) -> bool:
    return False


class Roles(msgspec.Struct, frozen=True):
    """What files of a tree are, beyond what each says itself."""

    templates: dict[str, str]
    """Chart templates: the file, and the folder of the chart that is rendered as a whole."""
    patches: frozenset[str]
    components: frozenset[str]
    """Components that a kustomization of the tree takes in."""
    charts: frozenset[str]
    """The folders of charts that are no part of another one."""
    made: Made = Made()

    def of(self, file: str) -> str:
        """`template`, `patch`, `component`, `built`, `base`, `chart-data` or `plain`."""
        if file in self.templates:
            return "template"
        if file in self.patches:
            return "patch"
        if file in self.components:
            return "component"
        if file in self.made.built:
            return "built"
        if file in self.made.bases:
            return "base"
        return "chart-data" if self._is_chart_data(file) else "plain"

    def _is_chart_data(self, file: str) -> bool:
        """Whether its chart was rendered whole: the actions in what templates take in have been carried out."""
        folder = _chart_of(file, self.charts)
        rendering = self.made.charts.get(folder) if folder is not None else None
        return rendering is not None and rendering.whole and not rendering.problems

    def key(self, file: str) -> str:
        """Equal keys, and a reading of equal content is told alike."""
        rendering = self.made.kustomizations.get(file)
        return f"{self.of(file)} {' '.join(rendering.problems) if rendering else ''}"

    def judged(self, file: str) -> bool:
        """Whether the objects that stand in a file are judged as they are."""
        return self.of(file) not in ("template", "patch", "base")

    def told(self, reading: FileReading) -> FileReading | None:
        """What a file tells, with what was made of it; nothing for a template of which nothing was made."""
        own = in_role(reading, self.of(reading.file), self.made.kustomizations.get(reading.file))
        return _with_made(own, reading.made)


def roles(readings: Sequence[FileReading], made: Made | None = None) -> Roles:
    """What each file is. Looks at names and kustomizations alone."""
    folders = _charts(readings)
    outermost = {folder: _outermost(folder, folders) for folder in folders}
    templates = {}
    for reading in readings:
        chart = _chart_of(reading.file, folders)
        if chart is not None and _is_template(reading.file, chart):
            templates[reading.file] = outermost[chart]
    known = kustomizations(readings, templates)
    return Roles(templates, named_patches(known), taken_in(known), frozenset(outermost.values()), made or Made())


def kustomizations(readings: Sequence[FileReading], templates: Container[str]) -> dict[str, dict[str, Any]]:
    """The contents of those that are no chart's template."""
    return {
        reading.file: reading.kustomization
        for reading in readings
        if reading.kustomization is not None and reading.file not in templates
    }


def needs_rendering(known: Roles, readings: Sequence[FileReading]) -> bool:
    """Whether there is a chart, or a kustomization that changes objects."""
    if known.charts:
        return True
    return any(r.kustomization and r.file not in known.templates and changes(r.kustomization) for r in readings)


def set_apart(
    readings: Sequence[FileReading],
    is_left_out: Callable[[str], bool] = _never,
    made: Made | None = None,
    namespace: str = "",
) -> list[FileReading]:
    """The readings with templates, patches and kustomizations taken out, counted and told as Unknown.

    Args:
        is_left_out: Whether a file or folder of this name exists and nobody was asked to read it.
        made: What renderers made of them.
        namespace: For rendered objects that name none.
    """
    known = roles(readings, made)
    pieces = known.made.pieces
    names = {reading.file for reading in readings}
    more = [FileReading(file) for file in pieces if file not in names]
    listed = sorted([*readings, *more], key=lambda reading: reading.file) if more else readings
    kept = [
        known.told(
            _beside(
                reading if reading.file in known.made.built else with_missing(reading, is_left_out),
                pieces,
                namespace,
            )
        )
        for reading in listed
    ]
    return [reading for reading in kept if reading is not None] + charts(known)


def _beside(reading: FileReading, pieces: Mapping[str, list[Piece]], namespace: str) -> FileReading:
    if reading.file not in pieces:
        return reading
    made = rendered_reading(reading.file, pieces[reading.file], namespace)
    return msgspec.structs.replace(reading, made=made)


def in_role(reading: FileReading, role: str, rendering: Rendering | None = None) -> FileReading | None:
    """What a file of a role tells by itself; nothing for a template, which its chart tells of."""
    if role == "template":
        return None
    if role in ("patch", "base"):
        return FileReading(reading.file, counts={f"kustomize-{role}": 1})
    if role == "chart-data":
        kept = tuple(unknown for unknown in reading.unknowns if unknown.code != "needs-rendering")
        reading = msgspec.structs.replace(reading, unknowns=kept)
    if reading.kustomization is None:
        return reading
    if role == "component":
        # It makes nothing by itself: the kustomization that takes it in tells what is not known.
        return msgspec.structs.replace(
            reading, kustomization=None, counts=with_count(reading, "kustomize-component")
        )
    if role == "built":
        return msgspec.structs.replace(reading, kustomization=None, counts=with_count(reading, "kustomization"))
    return kustomization_told(reading, reading.kustomization, rendering)


def _with_made(own: FileReading | None, made: FileReading | None) -> FileReading | None:
    """What a file tells by itself, and what was made of it."""
    if own is None or made is None:
        return msgspec.structs.replace(own, made=None) if own is not None and own.made is not None else own or made
    counts = Counter(own.counts)
    counts.update(made.counts)
    return FileReading(own.file, (*own.resources, *made.resources), (*own.unknowns, *made.unknowns), dict(counts))


def charts(known: Roles) -> list[FileReading]:
    """One reading for each chart: how many templates it has, and what of them was not judged."""
    templates = Counter(known.templates.values())
    return [
        chart_told(folder, templates[folder], known.made.charts.get(folder))
        for folder in sorted(known.charts)
        if templates[folder] or folder in known.made.charts
    ]


def _charts(readings: Sequence[FileReading]) -> frozenset[str]:
    """The folders that hold a Chart.yaml."""
    return frozenset(
        _folder(reading.file) for reading in readings if reading.file.rpartition("/")[2] == "Chart.yaml"
    )


def _chart_of(file: str, charts: Collection[str]) -> str | None:
    """The innermost chart that holds the file."""
    if not charts:
        return None
    places = (_plain(str(place)) for place in PurePosixPath(file).parents)
    return next((place for place in places if place in charts), None)


def _is_template(file: str, chart: str) -> bool:
    return PurePosixPath(file).relative_to(chart).parts[0] == "templates"


def _outermost(chart: str, charts: frozenset[str]) -> str:
    """The chart itself, or the one that holds it as a dependency: in a folder of its `charts`."""
    place = PurePosixPath(chart)
    while place.parent.name == "charts" and _plain(str(place.parent.parent)) in charts:
        place = place.parent.parent
    return _plain(str(place))


def _folder(file: str) -> str:
    return _plain(str(PurePosixPath(file).parent))


def _plain(folder: str) -> str:
    return "" if folder == "." else folder
