"""What renderers made of a tree, as readings of the files that it was made from."""

from collections import Counter
from collections.abc import Iterable, Sequence

import msgspec

from bartizan.model.resource import Resource
from bartizan.model.unknown import Unknown
from bartizan.sources.blob import Blob
from bartizan.sources.manifests import FileReading, read_manifest


class Piece(msgspec.Struct, frozen=True, array_like=True):
    """What one rendering made of one file."""

    namespace: str
    """Of objects that name none; empty for that of the run."""
    text: str


class Rendering(msgspec.Struct, frozen=True, array_like=True):
    """What a chart or a kustomization makes, in all the ways in which it is used."""

    pieces: dict[str, list[Piece]] = {}
    """By the file that it was made from."""
    problems: tuple[str, ...] = ()
    """What could not be made, each a sentence that says what to do."""
    notes: dict[str, int] = {}
    """Counted, since it is neither judged nor unknown."""
    whole: bool = True
    """Whether all that it makes is known, or everything but what the problems tell; false where nothing is."""
    stopped: bool = False
    """Whether a limit was run into, or something else that another run may not meet: it is not remembered."""


class Made(msgspec.Struct, frozen=True):
    """What renderers made of a tree."""

    pieces: dict[str, list[Piece]] = {}
    """By the file that they were made from."""
    charts: dict[str, Rendering] = {}
    """By folder."""
    kustomizations: dict[str, Rendering] = {}
    """By file: those that are rendered by themselves."""
    built: frozenset[str] = frozenset()
    """The kustomizations that were rendered, be it as a part of another one."""
    bases: frozenset[str] = frozenset()
    """Files of objects that are applied only as a rendered kustomization makes them."""


NOTHING_MADE = Rendering(whole=False)


def failed(problem: str) -> Rendering:
    """Nothing was made, for a reason."""
    return Rendering(problems=(problem,), whole=False)


def not_tried(why: str) -> Rendering:
    """Nothing was made, and another run may fare better."""
    return Rendering(problems=(why,), whole=False, stopped=True)


def joined(renderings: Iterable[Rendering]) -> dict[str, list[Piece]]:
    """All that was made of each file."""
    found: dict[str, list[Piece]] = {}
    for rendering in renderings:
        for file, pieces in rendering.pieces.items():
            found.setdefault(file, []).extend(pieces)
    return dict(sorted(found.items()))


def rendered_reading(file: str, pieces: Sequence[Piece], namespace: str) -> FileReading:
    """The objects that were made of a file. Their lines in it are not known; equal ones are told once."""
    times = Counter(pieces)
    read = {
        piece: read_manifest(Blob(file, piece.text.encode("utf-8", "surrogatepass")), piece.namespace or namespace)
        for piece in times
    }
    readings = list(read.values())
    kept, equal = _without_equals(readings)
    equal += sum((times[piece] - 1) * len(reading.resources) for piece, reading in read.items())
    counts = {"equal-rendered-object": equal} if equal else {}
    for reading in readings:
        for what, count in reading.counts.items():
            counts[what] = counts.get(what, 0) + count
    unknowns = {_placeless(unknown): None for reading in readings for unknown in reading.unknowns}
    return FileReading(
        file,
        tuple(_placeless_object(resource, index) for index, resource in enumerate(kept)),
        tuple(unknowns),
        counts,
    )


def _without_equals(readings: Sequence[FileReading]) -> tuple[list[Resource], int]:
    """The objects without those that another rendering made alike."""
    if len(readings) == 1:
        return list(readings[0].resources), 0
    kept: list[Resource] = []
    seen: set[tuple[str, bytes]] = set()
    equal = 0
    for reading in readings:
        own = [(_content(resource), resource) for resource in reading.resources]
        fresh = [resource for content, resource in own if content not in seen]
        equal += len(own) - len(fresh)
        kept += fresh
        seen.update(content for content, _ in own if content is not None)
    return kept, equal


def _content(resource: Resource) -> tuple[str, bytes] | None:
    """Equal contents, equal objects; None for what cannot be written down."""
    try:
        return resource.namespace, msgspec.json.encode(resource.raw, order="deterministic")
    except (ValueError, TypeError, OverflowError, RecursionError):
        return None


def _placeless(unknown: Unknown) -> Unknown:
    return msgspec.structs.replace(unknown, line=0, column=0)


def _placeless_object(resource: Resource, index: int) -> Resource:
    origin = msgspec.structs.replace(resource.origin, index=index, path=(), rendered=True)
    duplicates = tuple(msgspec.structs.replace(duplicate, line=0) for duplicate in resource.duplicates)
    return msgspec.structs.replace(resource, origin=origin, marks=None, document=None, duplicates=duplicates)
