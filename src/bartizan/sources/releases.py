"""How the repository itself says that its charts are installed: test values, Argo CD and Flux.

A chart that Argo CD or Flux installs is judged as they install it; any other with its defaults. Values files in
`ci`, which chart-testing takes as well, come on top.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

import msgspec

from bartizan.documents.reader import read
from bartizan.sources.chart import Release
from bartizan.sources.files import Files, InputError
from bartizan.sources.helm_worker import merged
from bartizan.sources.installers import Installer

FindConfigMap = Callable[[str, str], Mapping[str, Any] | None]
"""From a namespace (empty where it does not matter) and a name to the object, where the tree has it."""

_TEST_VALUES = re.compile(r"ci/[^/]*-values\.yaml")
_MOST = 50
_NAMES: dict[type, str] = {list: "a list", dict: "a mapping", str: "a text"}

Shape = TypeVar("Shape", list[Any], dict[str, Any], str)


class ReleaseError(Exception):
    """Why it is not known how a chart is installed: a sentence."""


class Ways(msgspec.Struct, frozen=True):
    """The ways in which one chart is installed."""

    releases: tuple[Release, ...] = (Release(),)
    problems: tuple[str, ...] = ()


Found = tuple[str, Release | str]
"""A chart's folder, and how it is installed or why that is not known."""


def ways(
    charts: Mapping[str, Collection[str]],
    installers: Iterable[Installer],
    files: Files,
    find_config_map: FindConfigMap,
) -> dict[str, Ways]:
    """How each chart is installed.

    Args:
        charts: Folders, and the names of the files in each.
        installers: Every object of a kind in `INSTALLERS`.
    """
    from bartizan.sources.argo_releases import argo_releases  # noqa: PLC0415 - those import this module
    from bartizan.sources.flux_releases import flux_releases  # noqa: PLC0415 - as above

    found: list[Found] = []
    for installer in installers:
        if installer.kind == "HelmRelease":
            found += flux_releases(installer, charts, files, find_config_map)
        else:
            found += argo_releases(installer, charts, files)
    return {folder: _ways(folder, names, found, files) for folder, names in charts.items()}


def _ways(folder: str, names: Collection[str], found: Sequence[Found], files: Files) -> Ways:
    own = [way for place, way in found if place == folder]
    installed = {key_of(way): way for way in own if isinstance(way, Release)}
    problems = [way for way in own if isinstance(way, str)]
    releases = [Release()] if not installed or problems else []
    releases += installed.values()
    for name in sorted(names):
        if _TEST_VALUES.fullmatch(name):
            file = f"{folder}/{name}" if folder else name
            try:
                releases.append(Release(values=values_in(file, files), label=file))
            except ReleaseError as error:
                problems.append(str(error))
    if len(releases) > _MOST:
        problems.append(f"it is installed in {len(releases)} ways, of which {_MOST} were judged")
    return Ways(tuple(releases[:_MOST]), tuple(dict.fromkeys(problems)))


def key_of(release: Release) -> bytes:
    """Equal keys, equal installations, whoever says so."""
    return msgspec.json.encode(msgspec.structs.replace(release, label=""), order="deterministic")


def values_in(file: str, files: Files) -> dict[str, Any]:
    """The values that a file of the tree holds. Raises ReleaseError where they cannot be read."""
    if files.named(file) is None:
        raise ReleaseError(f"the values file `{file}` is not among the scanned files")
    try:
        data = files.read([file])[file]
    except InputError as error:
        raise ReleaseError(f"the values file `{file}` cannot be read: {error}") from error
    return values_of(data, f"the values file `{file}`")


def values_of(data: str | bytes, what: str) -> dict[str, Any]:
    """The values that a text holds. Raises ReleaseError where they cannot be read."""
    reading = read(data)
    if reading.problems:
        problem = reading.problems[0]
        raise ReleaseError(f"{what} cannot be read: {problem.message} (line {problem.line})")
    value = reading.documents[0].value if reading.documents else {}
    if not isinstance(value, dict):
        raise ReleaseError(f"{what} should hold a mapping")
    return checked(value, what)


def checked(values: dict[str, Any], what: str) -> dict[str, Any]:
    """Values that can be handed on. Raises ReleaseError for numbers and depths that no chart could take."""
    try:
        msgspec.json.encode(values)
    except (ValueError, OverflowError, RecursionError) as error:
        raise ReleaseError(f"{what} cannot be handed to helm: {error}") from error
    return values


def typed(holder: Mapping[str, Any], field: str, kind: type[Shape]) -> Shape:
    """A field of a type, empty where it is not written. Raises ReleaseError where it is another type."""
    value = holder.get(field)
    if value is None:
        return kind()
    if not isinstance(value, kind):
        raise ReleaseError(f"`{field}` should be {_NAMES[kind]}")
    return value


def folders(path: str, charts: Collection[str], files: Files) -> Iterator[str]:
    """The charts that a path from the root of the repository may mean."""
    for place in files.rooted(path):
        if place in charts:
            yield place


def over(under: dict[str, Any], values: dict[str, Any]) -> dict[str, Any]:
    """Values over others."""
    return merged(under, values)
