"""How Flux installs charts of the repository: what HelmReleases say."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from bartizan.sources.chart import Release
from bartizan.sources.files import Files
from bartizan.sources.installers import Installer, mapping, text
from bartizan.sources.releases import (
    FindConfigMap,
    Found,
    ReleaseError,
    checked,
    folders,
    over,
    typed,
    values_in,
    values_of,
)


def flux_releases(
    installer: Installer,
    charts: Mapping[str, Collection[str]],
    files: Files,
    find_config_map: FindConfigMap,
) -> Iterator[Found]:
    """The chart of the tree that a HelmRelease installs, from a GitRepository or a Bucket."""
    chart = mapping(mapping(installer.spec.get("chart")).get("spec"))
    if text(mapping(chart.get("sourceRef")).get("kind")) not in ("GitRepository", "Bucket"):
        return
    for folder in folders(text(chart.get("chart")), charts, files):
        try:
            yield folder, _release(installer, chart, files, find_config_map)
        except ReleaseError as error:
            yield folder, f"{installer.title} installs it, and {error}"


def _release(installer: Installer, chart: dict[str, Any], files: Files, find_config_map: FindConfigMap) -> Release:
    spec = installer.spec
    target = text(spec.get("targetNamespace"))
    values: dict[str, Any] = {}
    for reference in map(mapping, typed(spec, "valuesFrom", list)):
        values = over(values, _values_from(reference, installer.namespace, find_config_map))
    name = text(spec.get("releaseName")) or (f"{target}-{installer.name}" if target else installer.name)
    return Release(
        name=name,
        namespace=target or installer.namespace,
        values=over(values, checked(typed(spec, "values", dict), "`values`")),
        defaults=_defaults(chart, files),
        label=installer.file,
    )


def _defaults(chart: dict[str, Any], files: Files) -> dict[str, Any] | None:
    """What stands in the place of the chart's own values; None where those hold."""
    names = [text(name) for name in typed(chart, "valuesFiles", list)]
    if not names:
        return None
    values: dict[str, Any] = {}
    for name in names:
        places = files.rooted(name)
        file = next((place for place in places if files.named(place) is not None), places[0])
        if chart.get("ignoreMissingValuesFiles") is True and files.named(file) is None:
            continue
        values = over(values, values_in(file, files))
    return values


def _values_from(reference: dict[str, Any], namespace: str, find: FindConfigMap) -> dict[str, Any]:
    """The values that a ConfigMap of the tree holds."""
    kind, name = text(reference.get("kind")), text(reference.get("name"))
    key = text(reference.get("valuesKey")) or "values.yaml"
    found = find(namespace, name) if kind == "ConfigMap" else None
    data = mapping(found.get("data")).get(key) if found is not None else None
    if not isinstance(data, str):
        if reference.get("optional") is True and found is None:
            return {}
        raise ReleaseError(f"`valuesFrom` takes values from {kind} `{name}`, which is not among the scanned files")
    if text(reference.get("targetPath")):
        raise ReleaseError("`valuesFrom` with a `targetPath` is not read")
    return values_of(data, f"`{key}` of ConfigMap `{name}`")
