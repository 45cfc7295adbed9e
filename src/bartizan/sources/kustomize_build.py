"""Kustomizations rendered by the kubectl of the extra `kustomize`, or by kubectl or kustomize on PATH: confined.

Each is rendered by way of a kustomization of ours that takes it in and asks for the origins of objects, in a copy
of the files that it needs. It cannot run plug-ins, and there is no program to fetch with.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from posixpath import dirname, join, normpath, relpath

import msgspec

from bartizan.documents.reader import read
from bartizan.sources.allowance import Allowance
from bartizan.sources.chart import mapping
from bartizan.sources.child import Ended, Limits, run
from bartizan.sources.copies import scratch, write
from bartizan.sources.files import InputError
from bartizan.sources.programs import beside_python, on_path, version_of
from bartizan.sources.rendered import NOTHING_MADE, Piece, Rendering, failed, not_tried
from bartizan.sources.words import reason

_ORIGIN = "config.kubernetes.io/origin"
_TREE = "tree"
_ASKING = "asking"
_AT_ONCE = 2
_ON_THE_WAY = re.compile(
    r"accumulating (?:resources|components): accumulation err='accumulating (?:resources|components) from '[^']*': "
    r"'[^']*' must resolve to a file': (?:recursed accumulation of path '[^']*': )?"
)
"""What kustomize says of each base on the way to the one that it is about."""


class Build(msgspec.Struct, frozen=True):
    """What a renderer is given: a kustomization, and the files that it takes, named as the tree names them."""

    file: str
    files: Mapping[str, bytes]
    start: str = ""
    """Where the names start; empty for the root of the tree."""

    def place(self, name: str) -> str:
        """Where a file or folder of the tree stands in the copy."""
        return normpath(join(_TREE, join(self.start, name).lstrip("/")))


class Kustomize(msgspec.Struct, frozen=True):
    """The program, and what comes before the folder."""

    argv: tuple[str, ...]
    version: str


def find_kustomize() -> Kustomize | None:
    """The extra's kubectl, else kubectl or kustomize on PATH."""
    for path, word in (
        (beside_python("kubectl"), "kustomize"),
        (on_path("kubectl"), "kustomize"),
        (on_path("kustomize"), "build"),
    ):
        if path is not None:
            return Kustomize((str(path), word), version_of(path))
    return None


_OF_THE_MACHINE = (
    "allocate memory",
    "no space left",
    "open files",
    "temporarily unavailable",
    "permission denied",
)
"""What an operating system says where kustomize would fare better another time: that is not remembered."""


def render_kustomizations(builds: Iterable[Build], limits: Limits | None = None) -> list[Rendering]:
    """What each kustomization makes; nothing where there is no program for it. They are asked for a few at a time."""
    program = find_kustomize()
    if program is None:
        return [NOTHING_MADE for _ in builds]
    allowance, limits, left = Allowance(), limits or Limits(), iter(builds)
    made: list[Rendering] = []
    while some := list(islice(left, _AT_ONCE)):
        why = allowance.used_up()
        if why:
            made += [not_tried(why) for _ in some]
        else:
            made += map(allowance.note, _side_by_side(program, some, limits))
    return made


def _side_by_side(program: Kustomize, builds: Sequence[Build], limits: Limits) -> list[Rendering]:
    if len(builds) == 1:
        return [_rendered(program, builds[0], limits)]
    from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415 - heavy, and for several alone

    with ThreadPoolExecutor(_AT_ONCE) as pool:
        return list(pool.map(lambda build: _rendered(program, build, limits), builds))


def _rendered(program: Kustomize, build: Build, limits: Limits) -> Rendering:
    asking = {
        "resources": [relpath(build.place(dirname(build.file)), _ASKING)],
        "buildMetadata": ["originAnnotations"],
    }
    try:
        with scratch("kustomize") as place:
            write({build.place(file): data for file, data in build.files.items()}, place)
            write({f"{_ASKING}/kustomization.yaml": msgspec.json.encode(asking)}, place)
            ended = run([*program.argv, _ASKING], place, limits)
    except InputError as error:
        return failed(str(error))
    if ended.problem:
        return _refused(ended, f"{place}/", f"{build.place('')}/")
    return _taken_apart(ended.output, build)


def _taken_apart(output: bytes, build: Build) -> Rendering:
    """The objects by the files that they were made from."""
    reading = read(output)
    if reading.problems:
        return failed(f"what kustomize makes of it cannot be read: {reading.problems[0].message}")
    texts: dict[str, list[str]] = {}
    places = {build.place(file): file for file in build.files}
    for document in reading.documents:
        value, file = _with_source(document.value, places)
        try:
            text = msgspec.json.encode(value).decode()
        except (ValueError, OverflowError, RecursionError) as error:
            return failed(f"what kustomize makes of it cannot be read: {error}")
        texts.setdefault(file or build.file, []).append(text)
    return Rendering({file: [Piece("", "\n---\n".join(listed))] for file, listed in sorted(texts.items())})


def _with_source(value: object, places: Mapping[str, str]) -> tuple[object, str]:
    """An object without the note of its origin, and the file of the tree that it comes from; empty for none."""
    metadata = value.get("metadata") if isinstance(value, dict) else None
    annotations = metadata.get("annotations") if isinstance(metadata, dict) else None
    if not isinstance(value, dict) or not isinstance(metadata, dict) or not isinstance(annotations, dict):
        return value, ""
    note = annotations.get(_ORIGIN)
    left = {"annotations": {key: text for key, text in annotations.items() if key != _ORIGIN}}
    other = {key: item for key, item in metadata.items() if key != "annotations"}
    value = {**value, "metadata": other | (left if left["annotations"] else {})}
    return value, _source(note, places) if isinstance(note, str) else ""


def _source(note: str, places: Mapping[str, str]) -> str:
    """The file that a note names, as the tree names it; empty where it is none of the tree."""
    origin = mapping(note.encode())
    named = origin.get("path", origin.get("configuredIn"))
    if not isinstance(named, str) or "repo" in origin:
        return ""
    return places.get(normpath(join(_ASKING, named)), "")


def _refused(ended: Ended, *prefixes: str) -> Rendering:
    """Its own words, where it has any, without the places of the copy; else it was stopped."""
    said = ended.errors.decode("utf-8", "replace")
    words = said.partition("error:")[2].strip() or said.partition("Error:")[2].strip()
    text = words or ended.problem
    for prefix in prefixes:
        text = text.replace(prefix, "")
    told = reason(_ON_THE_WAY.sub("", text)) if words else text
    problem = f"kustomize cannot render it: {told}"
    passing = not words or any(mark in words.lower() for mark in _OF_THE_MACHINE)
    return Rendering(problems=(problem,), whole=False, stopped=passing)
