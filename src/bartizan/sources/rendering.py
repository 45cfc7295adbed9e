"""Files that are no objects by themselves: chart templates, kustomizations and their patches.

A template or patch is never judged as an object. What it makes is not known before it is rendered: one
Unknown per chart or kustomization says so.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import PurePosixPath
from posixpath import normpath
from typing import Any

import msgspec

from bartizan.model.unknown import Unknown
from bartizan.sources.kustomize import is_component, named_patches, taken_in, texts
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
    components: frozenset[str]
    """Components that a kustomization of the tree takes in."""

    def of(self, file: str) -> str:
        """`template`, `patch`, `component` or `plain`."""
        if file in self.templates:
            return "template"
        if file in self.patches:
            return "patch"
        return "component" if file in self.components else "plain"

    def judged(self, file: str) -> bool:
        """Whether the objects that stand in a file are judged."""
        return file not in self.templates and file not in self.patches


def roles(readings: Sequence[FileReading]) -> Roles:
    """What each file is. Looks at names and kustomizations alone."""
    charts = _charts(readings)
    templates = {}
    for reading in readings:
        chart = _chart_of(reading.file, charts)
        if chart is not None and _is_template(reading.file, chart):
            templates[reading.file] = _outermost(chart, charts)
    kustomizations = {
        reading.file: reading.kustomization
        for reading in readings
        if reading.kustomization is not None and reading.file not in templates
    }
    return Roles(templates, named_patches(kustomizations), taken_in(kustomizations))


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
    if reading.kustomization is None:
        return reading
    if role == "component":
        # It makes nothing by itself: the kustomization that takes it in tells what is not known.
        return msgspec.structs.replace(reading, kustomization=None, counts=_with(reading, "kustomize-component"))
    return _kustomization(reading, reading.kustomization)


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


def _kustomization(reading: FileReading, content: dict[str, Any]) -> FileReading:
    changing = sorted(name for name in content if name not in _PLAIN_FIELDS and not _is_harmless(name, content))
    remote = sorted(name for name in texts(content.get("resources")) if _REMOTE.match(name))
    told = [f"changes objects by {_listed(changing)}"] if changing else []
    told += [f"fetches {_listed(remote)}"] if remote else []
    component = is_component(content)
    subject = "no kustomization here takes in this component, which" if component else "the kustomization"
    unknowns = (_not_rendered(reading, f"{subject} {' and '.join(told)}"),) if told else ()
    what = "kustomize-component" if component else "kustomization"
    return msgspec.structs.replace(
        reading, kustomization=None, counts=_with(reading, what), unknowns=(*reading.unknowns, *unknowns)
    )


def _with(reading: FileReading, what: str) -> dict[str, int]:
    """The counts of a file, a kustomization in it included."""
    return {**reading.counts, what: 1}


def _is_harmless(field: str, content: dict[str, Any]) -> bool:
    """Annotations that the project made up itself; those of Kubernetes may switch protection off."""
    added = content[field]
    return field == "commonAnnotations" and isinstance(added, dict) and not any(map(_OF_KUBERNETES.search, added))


def _with_missing(reading: FileReading, is_left_out: Callable[[str], bool]) -> FileReading:
    """A kustomization with an Unknown for what it builds on and nobody reads."""
    folder = _folder(reading.file)
    local = [name for name in texts((reading.kustomization or {}).get("resources")) if not _REMOTE.match(name)]
    missing = sorted(name for name in local if is_left_out(normpath(f"{folder}/{name}" if folder else name)))
    if not missing:
        return reading
    subject = "component" if is_component(reading.kustomization or {}) else "kustomization"
    unknown = _not_rendered(
        reading, f"the {subject} builds on {_listed(missing)}, which is not among the scanned files"
    )
    return msgspec.structs.replace(reading, unknowns=(*reading.unknowns, unknown))


def _not_rendered(reading: FileReading, what: str) -> Unknown:
    component = is_component(reading.kustomization or {})
    thing, folder = (
        ("a kustomization that takes it in", "DIR") if component else ("it", _folder(reading.file) or ".")
    )
    return Unknown(
        file=reading.file,
        line=1,
        column=1,
        code="needs-rendering",
        message=f"{what}: what it makes was not judged; "
        f"render {thing} (`kubectl kustomize {folder} | bartizan scan -`) and scan the output",
    )


def _listed(names: list[str]) -> str:
    shown = ", ".join(f"`{name}`" for name in names[:_MOST_NAMES])
    more = len(names) - _MOST_NAMES
    return f"{shown} and {more} more" if more > 0 else shown


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
