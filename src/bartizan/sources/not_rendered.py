"""How a chart or kustomization that was not rendered is told: what was not judged, why, and what to do."""

import re
from collections.abc import Callable
from pathlib import PurePosixPath
from posixpath import normpath
from typing import Any

import msgspec

from bartizan.model.unknown import Unknown
from bartizan.model.user_info import without_user
from bartizan.sources.kustomize import is_component, is_remote, texts
from bartizan.sources.manifests import FileReading
from bartizan.sources.rendered import Rendering

_PLAIN_FIELDS = frozenset({"apiVersion", "kind", "metadata", "resources", "sortOptions", "buildMetadata"})
"""A kustomization with only these changes nothing that a check looks at."""

_OF_KUBERNETES = re.compile(r"(^|\.)(k8s|kubernetes)\.io/")

_MOST_NAMES = 4


def chart_told(folder: str, templates: int, rendering: Rendering | None) -> FileReading:
    """How many templates a chart has, and what of it was not judged."""
    file = f"{folder}/Chart.yaml" if folder else "Chart.yaml"
    counts = {"chart-template": templates} if templates else {}
    if rendering is None or (not rendering.whole and not rendering.problems):
        told: tuple[str, ...] = (_nothing_renders(folder, templates),)
    else:
        told = tuple(
            problem if rendering.whole else f"the chart was not judged: {problem}"
            for problem in rendering.problems
        )
        counts |= rendering.notes
    unknowns = tuple(
        Unknown(file=file, line=1, column=1, code="needs-rendering", message=message) for message in told
    )
    return FileReading(file, unknowns=unknowns, counts=counts)


def _nothing_renders(folder: str, templates: int) -> str:
    what = f"{templates} template{'s' if templates > 1 else ''}" if templates else "dependencies"
    return (
        f"the chart's {what} cannot be judged as they are, and nothing rendered them: "
        f"`pip install 'bartizan[helm]'`, or `helm template {folder or '.'} | bartizan scan -`"
    )


def changes(content: dict[str, Any]) -> list[str]:
    """What a kustomization does to objects or fetches, as parts of a sentence; nothing if it only lists files."""
    changing = sorted(name for name in content if name not in _PLAIN_FIELDS and not _is_harmless(name, content))
    remote = sorted(name for name in texts(content.get("resources")) if is_remote(name))
    told = [f"changes objects by {_listed(changing)}"] if changing else []
    return told + ([f"fetches {_listed(remote)}"] if remote else [])


def kustomization_told(reading: FileReading, content: dict[str, Any], rendering: Rendering | None) -> FileReading:
    """A kustomization that was not rendered: what it would change, and why that is not known."""
    told = changes(content)
    component = is_component(content)
    subject = "no kustomization here takes in this component, which" if component else "the kustomization"
    reasons = "; ".join(rendering.problems) if rendering else ""
    unknowns = (_not_rendered(reading, f"{subject} {' and '.join(told)}", reasons),) if told else ()
    what = "kustomize-component" if component else "kustomization"
    return msgspec.structs.replace(
        reading, kustomization=None, counts=with_count(reading, what), unknowns=(*reading.unknowns, *unknowns)
    )


def with_count(reading: FileReading, what: str) -> dict[str, int]:
    """The counts of a file, a kustomization in it included."""
    return {**reading.counts, what: 1}


def _is_harmless(field: str, content: dict[str, Any]) -> bool:
    """Annotations that the project made up itself; those of Kubernetes may switch protection off."""
    added = content[field]
    return field == "commonAnnotations" and isinstance(added, dict) and not any(map(_OF_KUBERNETES.search, added))


def with_missing(reading: FileReading, is_left_out: Callable[[str], bool]) -> FileReading:
    """A kustomization with an Unknown for what it builds on and nobody reads."""
    if reading.kustomization is None:
        return reading
    folder = _folder(reading.file)
    local = [name for name in texts(reading.kustomization.get("resources")) if not is_remote(name)]
    missing = sorted(name for name in local if is_left_out(normpath(f"{folder}/{name}" if folder else name)))
    if not missing:
        return reading
    subject = "component" if is_component(reading.kustomization) else "kustomization"
    unknown = _not_rendered(
        reading, f"the {subject} builds on {_listed(missing)}, which is not among the scanned files"
    )
    return msgspec.structs.replace(reading, unknowns=(*reading.unknowns, unknown))


def _not_rendered(reading: FileReading, what: str, reasons: str = "") -> Unknown:
    component = is_component(reading.kustomization or {})
    thing, folder = (
        ("a kustomization that takes it in", "DIR") if component else ("it", _folder(reading.file) or ".")
    )
    why = f" ({reasons})" if reasons else ""
    return Unknown(
        file=reading.file,
        line=1,
        column=1,
        code="needs-rendering",
        message=f"{what}: what it makes was not judged{why}; "
        f"render {thing} (`kubectl kustomize {folder} | bartizan scan -`) and scan the output",
    )


def _listed(names: list[str]) -> str:
    shown = ", ".join(f"`{without_user(name)}`" for name in names[:_MOST_NAMES])
    more = len(names) - _MOST_NAMES
    return f"{shown} and {more} more" if more > 0 else shown


def _folder(file: str) -> str:
    folder = str(PurePosixPath(file).parent)
    return "" if folder == "." else folder
