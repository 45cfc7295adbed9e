"""Files that are no objects by themselves: chart templates, kustomizations and their patches.

A template or patch is never judged as an object. What it makes is not known before it is rendered: one
Unknown per chart or kustomization says so.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import PurePosixPath
from posixpath import normpath
from typing import Any

import msgspec

from bartizan.model.unknown import Unknown
from bartizan.sources.manifests import FileReading

_PLAIN_FIELDS = frozenset(
    {"apiVersion", "kind", "metadata", "resources", "sortOptions", "buildMetadata", "commonAnnotations"}
)
"""A kustomization with only these changes nothing that a check looks at."""


def set_apart(readings: Sequence[FileReading]) -> list[FileReading]:
    """The readings with templates, patches and kustomizations taken out, counted and told as Unknown."""
    charts = _charts(readings)
    patches = _patches(readings)
    templates: Counter[str] = Counter()
    sorted_readings = []
    for reading in readings:
        chart = _chart_of(reading.file, charts)
        if chart is not None and _is_template(reading.file, chart):
            templates[_outermost(chart, charts)] += 1
        elif reading.file in patches:
            sorted_readings.append(FileReading(reading.file, counts={"kustomize-patch": 1}))
        elif reading.kustomization is not None:
            sorted_readings.append(_kustomization(reading))
        else:
            sorted_readings.append(reading)
    sorted_readings += [_chart(chart, count) for chart, count in sorted(templates.items())]
    return sorted_readings


def _charts(readings: Sequence[FileReading]) -> frozenset[str]:
    """The folders that hold a Chart.yaml."""
    return frozenset(
        _folder(reading.file) for reading in readings if PurePosixPath(reading.file).name == "Chart.yaml"
    )


def _chart_of(file: str, charts: frozenset[str]) -> str | None:
    """The innermost chart that holds the file."""
    if not charts:
        return None
    return next((str(p) for p in PurePosixPath(file).parents if _plain(str(p)) in charts), None)


def _is_template(file: str, chart: str) -> bool:
    return PurePosixPath(file).relative_to(chart).parts[0] == "templates"


def _outermost(chart: str, charts: frozenset[str]) -> str:
    """The chart itself, or the one that holds it as a dependency."""
    above = [_plain(str(parent)) for parent in PurePosixPath(chart).parents]
    return next((parent for parent in reversed(above) if parent in charts and _plain(chart)), _plain(chart))


def _chart(folder: str, templates: int) -> FileReading:
    file = f"{folder}/Chart.yaml" if folder else "Chart.yaml"
    what = f"{templates} template{'s' if templates > 1 else ''}"
    unknown = Unknown(
        file=file,
        line=1,
        column=1,
        code="needs-rendering",
        message=f"the chart's {what} cannot be judged as they are: render it "
        f"(`helm template {folder or '.'} | bartizan scan -`) and scan the output",
    )
    return FileReading(file, unknowns=(unknown,), counts={"chart-template": templates})


def _kustomization(reading: FileReading) -> FileReading:
    changing = sorted(set(reading.kustomization or ()) - _PLAIN_FIELDS)
    counts = {"kustomization": 1}
    if not changing:
        return msgspec.structs.replace(reading, kustomization=None, counts=counts)
    folder = _folder(reading.file) or "."
    unknown = Unknown(
        file=reading.file,
        line=1,
        column=1,
        code="needs-rendering",
        message=f"the kustomization changes objects by {_listed(changing)}: what it makes was not judged; "
        f"render it (`kubectl kustomize {folder} | bartizan scan -`) and scan the output",
    )
    return msgspec.structs.replace(
        reading, kustomization=None, counts=counts, unknowns=(*reading.unknowns, unknown)
    )


def _listed(names: list[str]) -> str:
    shown = ", ".join(f"`{name}`" for name in names[:4])
    return shown + (f" and {len(names) - 4} more" if len(names) > 4 else "")


def _patches(readings: Sequence[FileReading]) -> frozenset[str]:
    """The files that kustomizations name as patches, and those that say so themselves."""
    found: set[str] = set()
    for reading in readings:
        if reading.kustomization is not None:
            folder = _folder(reading.file)
            found.update(normpath(f"{folder}/{name}" if folder else name) for name in _named(reading.kustomization))
        elif any("$patch" in resource.raw for resource in reading.resources):
            found.add(reading.file)
    return frozenset(found)


def _named(kustomization: dict[str, Any]) -> list[str]:
    """Paths of patch files, relative to the kustomization's folder."""
    fields = defaultdict(list, {key: value for key, value in kustomization.items() if isinstance(value, list)})
    named = [item for item in fields["patchesStrategicMerge"] if isinstance(item, str) and "\n" not in item]
    for field in ("patches", "patchesJson6902"):
        named += [item["path"] for item in fields[field] if isinstance(item, dict) and isinstance(item.get("path"), str)]
    for field in ("transformers", "generators", "validators", "configurations"):
        named += [item for item in fields[field] if isinstance(item, str) and "\n" not in item]
    return named


def _folder(file: str) -> str:
    return _plain(str(PurePosixPath(file).parent))


def _plain(folder: str) -> str:
    return "" if folder == "." else folder
