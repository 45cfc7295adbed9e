"""Files that are no objects by themselves: chart templates, kustomizations and their patches.

A template or patch is never judged as an object. What it makes is not known before it is rendered: one
Unknown per chart or kustomization says so.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import PurePosixPath
from posixpath import normpath
from typing import Any

import msgspec

from bartizan.model.unknown import Unknown
from bartizan.sources.manifests import FileReading

_PLAIN_FIELDS = frozenset({"apiVersion", "kind", "metadata", "resources", "sortOptions", "buildMetadata"})
"""A kustomization with only these changes nothing that a check looks at."""

_OF_KUBERNETES = re.compile(r"(^|\.)(k8s|kubernetes)\.io/")
_REMOTE = re.compile(r"[a-z+]+://|git::|[^/]+@[^/]+:|[^/]+\.(com|org|net|io)[/:]|.*[?]ref=", re.IGNORECASE)
"""How kustomize tells that a resource is fetched from elsewhere."""

_LONGEST_PATH = 4096
_MOST_NAMES = 4


def _never(_name: str) -> bool:
    return False


class Roles(msgspec.Struct, frozen=True):
    """What files of a tree are, beyond what each says itself."""

    templates: dict[str, str]
    """Chart templates: the file, and the folder of the outermost chart that it belongs to."""
    patches: frozenset[str]

    def of(self, file: str) -> str:
        """`template`, `patch` or `plain`."""
        return "template" if file in self.templates else "patch" if file in self.patches else "plain"


def roles(readings: Sequence[FileReading]) -> Roles:
    """What each file is. Looks at names, kustomizations and `is_patch` alone."""
    charts = _charts(readings)
    templates = {}
    for reading in readings:
        chart = _chart_of(reading.file, charts)
        if chart is not None and _is_template(reading.file, chart):
            templates[reading.file] = _outermost(chart, charts)
    return Roles(templates, _patches(readings))


def set_apart(readings: Sequence[FileReading], is_left_out: Callable[[str], bool] = _never) -> list[FileReading]:
    """The readings with templates, patches and kustomizations taken out, counted and told as Unknown.

    Args:
        is_left_out: Whether a file or folder of this name exists and nobody was asked to read it.
    """
    known = roles(readings)
    kept = [in_role(_with_missing(reading, is_left_out), known.of(reading.file)) for reading in readings]
    return [reading for reading in kept if reading is not None] + charts(known)


def in_role(reading: FileReading, role: str) -> FileReading | None:
    """What a file of a role tells by itself; nothing for a template, which its chart tells of."""
    if role == "template":
        return None
    if role == "patch":
        return FileReading(reading.file, counts={"kustomize-patch": 1})
    return reading if reading.kustomization is None else _kustomization(reading)


def charts(known: Roles) -> list[FileReading]:
    """One reading for each chart: its templates are not judged."""
    return [_chart(chart, count) for chart, count in sorted(Counter(known.templates.values()).items())]


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
    if (reading.kustomization or {}).get("kind") == "Component":
        # A component makes nothing by itself: the kustomization that takes it in tells what is not known.
        return msgspec.structs.replace(reading, kustomization=None, counts={"kustomize-component": 1})
    content = reading.kustomization or {}
    changing = sorted(name for name in content if name not in _PLAIN_FIELDS and not _is_harmless(name, content))
    remote = sorted(name for name in _texts(content.get("resources")) if _REMOTE.match(name))
    told = [f"changes objects by {_listed(changing)}"] if changing else []
    told += [f"fetches {_listed(remote)}"] if remote else []
    unknowns = (_not_rendered(reading.file, " and ".join(told)),) if told else ()
    return msgspec.structs.replace(
        reading, kustomization=None, counts={"kustomization": 1}, unknowns=(*reading.unknowns, *unknowns)
    )


def _is_harmless(field: str, content: dict[str, Any]) -> bool:
    """Annotations that the project made up itself; those of Kubernetes may switch protection off."""
    added = content[field]
    return field == "commonAnnotations" and isinstance(added, dict) and not any(map(_OF_KUBERNETES.search, added))


def _with_missing(reading: FileReading, is_left_out: Callable[[str], bool]) -> FileReading:
    """A kustomization with an Unknown for what it builds on and nobody reads."""
    folder = _folder(reading.file)
    local = [name for name in _texts((reading.kustomization or {}).get("resources")) if not _REMOTE.match(name)]
    missing = sorted(name for name in local if is_left_out(normpath(f"{folder}/{name}" if folder else name)))
    if not missing:
        return reading
    unknown = _not_rendered(reading.file, f"builds on {_listed(missing)}, which is not among the scanned files")
    return msgspec.structs.replace(reading, unknowns=(*reading.unknowns, unknown))


def _not_rendered(file: str, what: str) -> Unknown:
    return Unknown(
        file=file,
        line=1,
        column=1,
        code="needs-rendering",
        message=f"the kustomization {what}: what it makes was not judged; "
        f"render it (`kubectl kustomize {_folder(file) or '.'} | bartizan scan -`) and scan the output",
    )


def _texts(value: Any) -> list[str]:
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


def _listed(names: list[str]) -> str:
    shown = ", ".join(f"`{name}`" for name in names[:_MOST_NAMES])
    more = len(names) - _MOST_NAMES
    return f"{shown} and {more} more" if more > 0 else shown


def _patches(readings: Sequence[FileReading]) -> frozenset[str]:
    """The files that kustomizations name as patches, and those that say so themselves."""
    found: set[str] = set()
    for reading in readings:
        if reading.kustomization is not None:
            folder = _folder(reading.file)
            found.update(
                normpath(f"{folder}/{name}" if folder else name) for name in _named(reading.kustomization)
            )
        elif reading.is_patch:
            found.add(reading.file)
    return frozenset(found)


def _named(kustomization: dict[str, Any]) -> list[str]:
    """Paths of patch files, relative to the kustomization's folder."""
    fields = defaultdict(list, {key: value for key, value in kustomization.items() if isinstance(value, list)})
    named = [item for item in fields["patchesStrategicMerge"] if isinstance(item, str) and "\n" not in item]
    for field in ("patches", "patchesJson6902"):
        named += [
            item["path"] for item in fields[field] if isinstance(item, dict) and isinstance(item.get("path"), str)
        ]
    for field in ("transformers", "generators", "validators", "configurations"):
        named += [item for item in fields[field] if isinstance(item, str) and "\n" not in item]
    return named


def touched(kustomization: FileReading, changed: Iterable[str]) -> bool:
    """Whether one of the changed files may change what a kustomization makes: any below what it names.

    A kustomization that it builds on counts with its whole folder, and so does its own folder.
    """
    folder = _folder(kustomization.file)
    named = {
        folder,
        *(normpath(f"{folder}/{name}") for name in _references(kustomization.kustomization or {})),
    }
    places = {"" if place == "." else place for place in named}
    return any(not place or file == place or file.startswith(place + "/") for file in changed for place in places)


def _references(value: Any) -> list[str]:
    """Every string in the kustomization that may be a path of files: it is cheap to be wrong."""
    if isinstance(value, str):
        return [value] if "\n" not in value and len(value) < _LONGEST_PATH else []
    items = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [name for item in items for name in _references(item)]


def _folder(file: str) -> str:
    return _plain(str(PurePosixPath(file).parent))


def _plain(folder: str) -> str:
    return "" if folder == "." else folder
