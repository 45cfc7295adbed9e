"""What the kustomizations of a tree take in: which of them are rendered, and the files that it takes.

A kustomization that others take in is never rendered by itself, and what only rendered ones take in is judged
only as they make it.
"""

from collections.abc import Iterable, Iterator, Mapping
from posixpath import basename, dirname, join
from typing import Any

import msgspec

from bartizan.model.user_info import without_user
from bartizan.sources.chart import mapping
from bartizan.sources.files import Files, InputError
from bartizan.sources.kustomize import is_component, is_remote, texts

_NAMES = ("kustomization.yaml", "kustomization.yml", "Kustomization")
_TAKES_IN = ("resources", "bases", "components")
_CONFIGURATIONS = ("generators", "transformers", "validators")
"""Files that may name more files."""
_INFLATES = ("helmCharts", "helmChartInflationGenerator")
_LONGEST_PATH = 4096


class Unit(msgspec.Struct, frozen=True):
    """A kustomization to render."""

    file: str
    covers: frozenset[str]
    """The kustomizations that it takes in, and itself."""
    resources: frozenset[str]
    """Files of objects that they take in."""


class Plan(msgspec.Struct, frozen=True):
    """Which kustomizations are rendered."""

    units: tuple[Unit, ...]
    in_place: frozenset[str]
    """Files that a kustomization takes in which changes nothing: what they hold is what is applied."""


class KustomizeTree:
    """The kustomizations of a tree. Those that were not read are looked up among the files."""

    def __init__(self, known: Mapping[str, dict[str, Any]], files: Files) -> None:
        self._known = dict(known)
        self._files = files

    def at(self, folder: str) -> str | None:
        """The file of the kustomization in a folder."""
        names = [join(folder, name) for name in _NAMES]
        found = next((name for name in names if name in self._known), None)
        if found is None:
            found = next((name for name in names if self._files.named(name) is not None), None)
        return found

    def content(self, file: str) -> dict[str, Any]:
        """What a kustomization says."""
        if file not in self._known:
            try:
                self._known[file] = mapping(self._files.read([file])[file])
            except InputError:
                self._known[file] = {}
        return self._known[file]

    def taken_in(self, file: str) -> Iterator[tuple[str, str | None]]:
        """What a kustomization takes in: a place, and the file of the kustomization there or None."""
        for field in _TAKES_IN:
            for name in texts(self.content(file).get(field)):
                if not is_remote(name) and "\n" not in name and len(name) < _LONGEST_PATH:
                    place = self._beside(file, name)
                    yield place, self.at(place)

    def _beside(self, file: str, name: str) -> str:
        """A path that the kustomization in a file names."""
        return self._files.canonical(join(dirname(file), name))

    def plan(self, changes: Mapping[str, bool]) -> Plan:
        """Which kustomizations are rendered.

        Args:
            changes: The kustomizations that were read, and whether each changes objects.
        """
        children = {inner for file in changes for _, inner in self.taken_in(file) if inner is not None}
        roots = sorted(
            file for file in changes if file not in children and not is_component(self._known.get(file, {}))
        )
        units: dict[str, Unit] = {}
        in_place: set[str] = set()
        seen: set[str] = set()
        self._walk(roots, changes, units, in_place, seen)
        covered = seen.union(*(unit.covers for unit in units.values()))
        # What is left goes round in a circle: kustomize refuses it, and says so.
        rest = [f for f in sorted(changes) if f not in covered and not is_component(self._known.get(f, {}))]
        self._walk([file for file in rest if file in children], changes, units, in_place, seen)
        return Plan(tuple(units[file] for file in sorted(units)), frozenset(in_place))

    def _walk(
        self,
        start: Iterable[str],
        changes: Mapping[str, bool],
        units: dict[str, Unit],
        in_place: set[str],
        seen: set[str],
    ) -> None:
        ahead = list(start)
        while ahead:
            file = ahead.pop()
            if file in seen:
                continue
            seen.add(file)
            if changes.get(file, False):
                units[file] = self._unit(file)
                continue
            for place, inner in self.taken_in(file):
                if inner is None:
                    in_place.add(place)
                else:
                    ahead.append(inner)

    def _unit(self, file: str) -> Unit:
        covers, resources, ahead = {file}, set[str](), [file]
        while ahead:
            for place, inner in self.taken_in(ahead.pop()):
                if inner is None:
                    resources.add(place)
                elif inner not in covers:
                    covers.add(inner)
                    ahead.append(inner)
        return Unit(file, frozenset(covers), frozenset(resources))

    def inputs(self, unit: Unit) -> dict[str, str]:
        """The files that rendering takes, with the ids of their contents.

        Raises:
            InputError: it takes something that is fetched, or that a chart makes, or has a name that kustomize does
            not look for; the sentence says so.
        """
        if basename(unit.file) not in _NAMES:
            raise InputError(f"kustomize reads it only where its file is called {', '.join(_NAMES)}")
        found: dict[str, str] = {}
        for file in sorted(unit.covers):
            content = self.content(file)
            inflated = [field for field in _INFLATES if field in content]
            if inflated:
                raise InputError(f"it inflates a Helm chart (`{inflated[0]}` in `{file}`)")
            self._refuse_remotes(file, content)
            self._take(file, found)
            for name in self._references(file, content):
                self._take(name, found)
        return found

    def _refuse_remotes(self, file: str, content: dict[str, Any]) -> None:
        remote = [name for field in _TAKES_IN for name in texts(content.get(field)) if is_remote(name)]
        if remote:
            raise InputError(f"`{file}` fetches `{without_user(remote[0])}`, and nothing is fetched")

    def _take(self, name: str, found: dict[str, str]) -> None:
        key = self._files.named(name)
        if key is not None:
            found[name] = key

    def _references(self, file: str, content: dict[str, Any]) -> Iterator[str]:
        """Whatever may be a path in a kustomization and in the configurations that it names: it is cheap to be wrong."""
        yield from (self._beside(file, name) for name in _strings(content))
        for field in _CONFIGURATIONS:
            for name in texts(content.get(field)):
                inner = self._configuration(file, name)
                yield from (self._beside(file, inside) for inside in _strings(inner))

    def _configuration(self, file: str, name: str) -> Any:
        if "\n" in name:
            return mapping(name.encode())
        place = self._beside(file, name)
        if self._files.named(place) is None:
            return None
        try:
            return mapping(self._files.read([place])[place])
        except InputError:
            return None


def _strings(value: Any) -> Iterator[str]:
    """Every string that may be a path, and what follows the `=` of one."""
    ahead = [value]
    while ahead:
        item = ahead.pop()
        if isinstance(item, str):
            if item and "\n" not in item and len(item) < _LONGEST_PATH and "\0" not in item:
                yield item
                if "=" in item:
                    yield item.partition("=")[2]
        elif isinstance(item, dict):
            ahead += item.values()
        elif isinstance(item, list):
            ahead += item
