"""Renders what a tree holds: its charts and kustomizations, each once, for scan and diff alike."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from hashlib import sha256

import msgspec

from bartizan.sources.files import Files, InputError, Inputs
from bartizan.sources.helm import Chart, render_charts
from bartizan.sources.helm_programs import helm_version
from bartizan.sources.installers import Installer
from bartizan.sources.kustomize_build import Build, find_kustomize, render_kustomizations
from bartizan.sources.kustomize_tree import KustomizeTree, Plan
from bartizan.sources.manifests import FileReading
from bartizan.sources.not_rendered import changes
from bartizan.sources.releases import FindConfigMap, Ways, ways
from bartizan.sources.rendered import NOTHING_MADE, Made, Rendering, failed, joined, not_tried
from bartizan.sources.rendering import Roles, kustomizations, roles
from bartizan.store.cache import Cache, NoCache

_SPACE = "rendered"


def _no_config_map(_namespace: str, _name: str) -> None:
    return None


class _Wanted(msgspec.Struct, frozen=True):
    """Something to render."""

    what: str
    """The folder of a chart or the file of a kustomization."""
    ids: dict[str, str]
    key: str
    """Equal keys, equal renderings; empty where nobody knows."""


class Maker:
    """Renders trees, and remembers what it has rendered."""

    def __init__(self, minor: int, namespace: str = "", cache: Cache | None = None, engine: str = "") -> None:
        """For a Kubernetes version.

        Args:
            namespace: Where charts are installed if nobody else says it.
            engine: A digest of this program: what another one has kept is not asked for.
        """
        self._minor = minor
        self._namespace = namespace
        self._cache = cache or NoCache()
        self._space = f"{_SPACE}/{engine}"
        self._done: dict[str, Rendering] = {}

    def make(
        self,
        readings: Sequence[FileReading],
        files: Files,
        installers: Iterable[Installer] = (),
        find_config_map: FindConfigMap = _no_config_map,
    ) -> Made:
        """What the charts and kustomizations among some readings make.

        Args:
            installers: The objects that say how charts are installed.
        """
        known = roles(readings)
        ours = [installer for installer in installers if installer.file not in known.templates]
        charts = self._charts(known, files, lambda folders: ways(folders, ours, files, find_config_map))
        contents = kustomizations(readings, known.templates)
        tree = KustomizeTree(contents, files)
        plan = tree.plan({file: bool(changes(content)) for file, content in contents.items()})
        built = self._kustomizations(tree, plan, files)
        return _made(charts, built, plan)

    def _charts(
        self,
        known: Roles,
        files: Files,
        find_ways: Callable[[dict[str, dict[str, str]]], dict[str, Ways]],
    ) -> dict[str, Rendering]:
        version = helm_version()
        found: dict[str, Rendering] = {}
        inputs: dict[str, dict[str, str]] = {}
        for folder in sorted(known.charts):
            try:
                below = files.below(folder)
                _refuse_outside(below)
            except InputError as error:
                found[folder] = failed(str(error))
                continue
            own = {name[len(folder) + 1 :] if folder else name: key for name, key in below.ids.items()}
            if version:
                inputs[folder] = own
            elif any(map(_makes, own)):
                found[folder] = NOTHING_MADE
        how = find_ways(inputs)
        wanted = [
            _Wanted(folder, own, self._key(f"{folder}\0{version}\0{_text(how[folder])}", own))
            for folder, own in inputs.items()
        ]
        return found | self._rendered(wanted, lambda some: self._render_charts(some, files, how))

    def _render_charts(
        self, wanted: Sequence[_Wanted], files: Files, how: Mapping[str, Ways]
    ) -> dict[str, Rendering]:
        failures: dict[str, Rendering] = {}
        asked: list[str] = []
        made = render_charts(self._charts_one_by_one(wanted, files, how, asked, failures))
        return failures | dict(zip(asked, made, strict=True))

    def _charts_one_by_one(
        self,
        wanted: Sequence[_Wanted],
        files: Files,
        how: Mapping[str, Ways],
        asked: list[str],
        failures: dict[str, Rendering],
    ) -> Iterator[Chart]:
        """The charts whose files can be read: all of them together may be more than memory holds."""
        for item in wanted:
            prefix = f"{item.what}/" if item.what else ""
            try:
                read = files.read(f"{prefix}{name}" for name in item.ids)
            except InputError as error:
                failures[item.what] = failed(str(error))
                continue
            named = {name.removeprefix(prefix): data for name, data in read.items()}
            way = how[item.what]
            asked.append(item.what)
            yield Chart(item.what, named, way.releases, self._minor, self._namespace, way.problems)

    def _kustomizations(self, tree: KustomizeTree, plan: Plan, files: Files) -> dict[str, Rendering]:
        found: dict[str, Rendering] = {}
        program = find_kustomize()
        wanted: list[_Wanted] = []
        for unit in plan.units:
            try:
                ids = tree.inputs(unit)
            except InputError as error:
                found[unit.file] = failed(str(error))
                continue
            if program is None:
                found[unit.file] = failed("nothing renders it here: `pip install 'bartizan[kustomize]'`")
            else:
                wanted.append(_Wanted(unit.file, ids, self._key(f"{unit.file}\0{program.version}", ids)))
        return found | self._rendered(wanted, lambda some: _render_kustomizations(some, files), refusals=True)

    def _rendered(
        self,
        wanted: Sequence[_Wanted],
        render: Callable[[Sequence[_Wanted]], dict[str, Rendering]],
        *,
        refusals: bool = False,
    ) -> dict[str, Rendering]:
        """What is remembered, and the rest as it is rendered now.

        Args:
            refusals: Whether what the program itself refused is remembered as well: it depends on its input alone.
        """
        self._recall(item.key for item in wanted if item.key and item.key not in self._done)
        found = {item.what: self._done[item.key] for item in wanted if item.key in self._done}
        left = [item for item in wanted if item.what not in found]
        if not left:
            return found
        made = render(left)
        kept = {item.key: made[item.what] for item in left if item.key and item.what in made}
        self._done |= kept
        # What failed may have lacked time or memory alone.
        whole = {
            key: msgspec.msgpack.encode(item)
            for key, item in kept.items()
            if (item.whole or (refusals and item.problems)) and not item.stopped
        }
        self._cache.put(self._space, whole)
        return found | made

    def _recall(self, keys: Iterable[str]) -> None:
        for key, data in self._cache.get(self._space, keys).items():
            with suppress(msgspec.DecodeError, ValueError):
                self._done[key] = msgspec.msgpack.decode(data, type=Rendering)

    def _key(self, what: str, ids: Mapping[str, str]) -> str:
        if not all(ids.values()):
            return ""
        parts = (what, str(self._minor), self._namespace, *(f"{name}\0{key}" for name, key in sorted(ids.items())))
        return sha256("\n".join(parts).encode("utf-8", "surrogateescape")).hexdigest()


def _makes(name: str) -> bool:
    """Whether a file of a chart may make objects: a template, or something of a dependency."""
    return name.startswith(("templates/", "charts/")) and not name.rpartition("/")[2].startswith("_")


def _text(way: Ways) -> str:
    return msgspec.json.encode(way, order="deterministic").decode()


def _refuse_outside(inputs: Inputs) -> None:
    if inputs.outside:
        raise InputError(f"its file `{inputs.outside[0]}` is a link that leads out of the scanned folder")


def _render_kustomizations(wanted: Sequence[_Wanted], files: Files) -> dict[str, Rendering]:
    failures: dict[str, Rendering] = {}
    asked: list[str] = []
    made = render_kustomizations(_builds_one_by_one(wanted, files, asked, failures))
    return failures | dict(zip(asked, made, strict=True))


def _builds_one_by_one(
    wanted: Sequence[_Wanted], files: Files, asked: list[str], failures: dict[str, Rendering]
) -> Iterator[Build]:
    for item in wanted:
        try:
            read = files.read(item.ids)
        except InputError as error:
            failures[item.what] = not_tried(str(error))
            continue
        asked.append(item.what)
        yield Build(item.what, read, files.start)


def _made(charts: dict[str, Rendering], built: dict[str, Rendering], plan: Plan) -> Made:
    whole = [unit for unit in plan.units if built[unit.file].whole]
    others = [unit for unit in plan.units if not built[unit.file].whole]
    as_they_are = plan.in_place.union(*(unit.resources for unit in others))
    return Made(
        pieces=joined([*charts.values(), *built.values()]),
        charts=charts,
        kustomizations=built,
        built=frozenset[str]().union(*(unit.covers for unit in whole)),
        bases=frozenset[str]().union(*(unit.resources for unit in whole)) - as_they_are,
    )
