"""How Argo CD installs charts of the repository: what Applications and ApplicationSets say."""

import re
from collections.abc import Collection, Iterator, Mapping
from posixpath import join
from typing import Any

from bartizan.model.user_info import without_user
from bartizan.sources.chart import Release
from bartizan.sources.files import Files
from bartizan.sources.installers import Installer, items, mapping, text
from bartizan.sources.releases import (
    Found,
    ReleaseError,
    checked,
    folders,
    over,
    typed,
    values_in,
    values_of,
)

_ACTION = re.compile(r"\{\{.*?\}\}")
_LONGEST_PATH = 4096
_ADDRESS = re.compile(r"[a-z+]+://", re.IGNORECASE)


def argo_releases(installer: Installer, charts: Mapping[str, Collection[str]], files: Files) -> Iterator[Found]:
    """The charts of the tree that an Application, or the template of an ApplicationSet, installs."""
    spec, name = installer.spec, installer.name
    if installer.kind == "ApplicationSet":
        template = mapping(spec.get("template"))
        spec, name = mapping(template.get("spec")), text(mapping(template.get("metadata")).get("name"))
    sources = [mapping(source) for source in (spec.get("source"), *items(spec.get("sources")))]
    for source in sources:
        path = text(source.get("path"))
        if text(source.get("chart")) or not path or len(path) > _LONGEST_PATH:
            continue  # a chart from elsewhere, or files for other sources: nothing of this tree is installed
        for folder in _folders(path, charts, files):
            try:
                yield folder, _release(_Source(installer, spec, name, source, sources, folder), files)
            except ReleaseError as error:
                yield folder, f"{installer.title} installs it, and {error}"


def _folders(path: str, charts: Collection[str], files: Files) -> list[str]:
    """The charts at a path; one that a generator completes may be any that fits."""
    if not _is_generated(path):
        return list(folders(path, charts, files))
    parts = _ACTION.split(path.strip("./"))
    return [folder for folder in sorted(charts) if _fits(folder, parts)]


def _is_generated(written: str) -> bool:
    return "{{" in written and "}}" in written


def _fits(folder: str, parts: list[str]) -> bool:
    """Whether a folder holds the parts in their order, with something between any two."""
    first, *between, last = parts
    if not folder.startswith(first) or not folder.endswith(last):
        return False
    place, end = len(first), len(folder) - len(last)
    for part in between:
        found = folder.find(part, place + 1, end)
        if found < 0:
            return False
        place = found + len(part)
    return place < end


class _Source:
    """One source of an Application, and what it stands in."""

    def __init__(
        self,
        installer: Installer,
        spec: dict[str, Any],
        name: str,
        source: dict[str, Any],
        sources: list[dict[str, Any]],
        folder: str,
    ) -> None:
        self.installer = installer
        self.helm = mapping(source.get("helm"))
        self.name = text(self.helm.get("releaseName")) or name
        self.namespace = text(self.helm.get("namespace")) or text(
            mapping(spec.get("destination")).get("namespace")
        )
        self.repository = text(source.get("repoURL"))
        self.sources = sources
        self.folder = folder


def _release(source: _Source, files: Files) -> Release:
    helm = source.helm
    if any(_is_generated(item) for item in _strings({k: v for k, v in helm.items() if k != "releaseName"})):
        raise ReleaseError("its generator makes the values: they are not known before it runs")
    if helm.get("fileParameters"):
        raise ReleaseError("`fileParameters` are not read")
    values: dict[str, Any] = {}
    for name in typed(helm, "valueFiles", list):
        file = _values_file(name, source, files)
        if helm.get("ignoreMissingValueFiles") is True and files.named(file) is None:
            continue
        values = over(values, values_in(file, files))
    inline, written = typed(helm, "valuesObject", dict), typed(helm, "values", str)
    if inline:
        values = over(values, checked(inline, "`valuesObject`"))
    elif written:
        values = over(values, values_of(written, "`values`"))
    return Release(
        name=_known(source.name),
        namespace=_known(source.namespace),
        values=values,
        parameters=tuple(map(_parameter, typed(helm, "parameters", list))),
        label=source.installer.file,
    )


def _known(name: str) -> str:
    """A name, unless a generator completes it."""
    return "" if _is_generated(name) else name


def _values_file(name: Any, source: _Source, files: Files) -> str:
    """The file of the tree that a name in `valueFiles` means."""
    if not isinstance(name, str):
        raise ReleaseError("`valueFiles` should hold texts")
    if _ADDRESS.match(name):
        raise ReleaseError(f"`{without_user(name)}` is fetched from elsewhere, and nothing is fetched")
    if name.startswith("$"):
        reference, _, path = name[1:].partition("/")
        other = next((item for item in source.sources if item.get("ref") == reference), {})
        if text(other.get("repoURL")) != source.repository:
            raise ReleaseError(f"`{name}` lies in another repository, and nothing is fetched")
        return _rooted(path, files)
    if name.startswith("/"):
        return _rooted(name, files)
    return files.canonical(join(source.folder, name))


def _rooted(path: str, files: Files) -> str:
    places = files.rooted(path)
    return next((place for place in places if files.named(place) is not None), places[0])


def _parameter(item: Any) -> tuple[str, bool]:
    """As Argo CD hands it to helm: a comma in a value parts nothing."""
    name, value = mapping(item).get("name"), mapping(item).get("value", "")
    if not isinstance(name, str) or not isinstance(value, str):
        raise ReleaseError("`parameters` should hold a `name` and a `value` each, both texts")
    return f"{name}={value}".replace(",", "\\,"), mapping(item).get("forceString") is True


def _strings(value: Any) -> Iterator[str]:
    ahead = [value]
    while ahead:
        item = ahead.pop()
        if isinstance(item, str):
            yield item
        elif isinstance(item, dict):
            ahead += item.values()
        elif isinstance(item, list):
            ahead += item
