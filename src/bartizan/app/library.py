"""What was read of a repository, by content: shared by both sides of a diff, and kept from run to run."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from bartizan.app.entries import parts, with_made
from bartizan.app.judging import Rules
from bartizan.app.listing import Listing
from bartizan.app.records import Facts, Identity, engine, facts
from bartizan.model.unknown import Unknown
from bartizan.sources import git
from bartizan.sources.blob import Blob
from bartizan.sources.installers import Installer
from bartizan.sources.manifests import FileReading, read_manifest
from bartizan.sources.rendered import Made, Piece, rendered_reading
from bartizan.sources.rendering import needs_rendering, roles
from bartizan.store.cache import Cache

if TYPE_CHECKING:
    from bartizan.app.making import Maker

Record = TypeVar("Record")
"""Anything that msgspec writes and reads."""


class Library:
    """Readings and facts by content, shared by both sides."""

    def __init__(self, root: Path, cache: Cache, rules: Rules, namespace: str, *, render: bool = False) -> None:
        """For one repository and one set of rules.

        Args:
            render: Whether charts and kustomizations are rendered.
        """
        self.root = root
        self.cache = cache
        self.namespace = namespace
        self.engine = engine(rules.judges, rules.selection.minor)
        self.unread: set[str] = set()
        """The ids of contents that could not be had; nothing that rests on them is remembered."""
        self._space = f"facts/{self.engine}/{namespace}"
        self._readings: dict[tuple[str, str], FileReading] = {}
        self._minor = rules.selection.minor if render else None
        self._maker: Maker | None = None
        self._pieces: dict[str, list[Piece]] = {}

    def rendered(
        self, listing: Listing, stubs: Sequence[FileReading], read: Mapping[str, Facts]
    ) -> tuple[Listing, Made]:
        """The listing with what renderers made of it, and how that went."""
        if self._minor is None or not needs_rendering(roles(stubs), stubs):
            return listing, Made()
        from bartizan.app.making import Maker  # noqa: PLC0415 - starts processes, and few trees need it
        from bartizan.sources.files import TreeFiles  # noqa: PLC0415 - as above

        self._maker = self._maker or Maker(self._minor, self.namespace, self.cache, self.engine)
        found = [Installer(file, raw) for file, fact in read.items() for raw in fact.installers]
        find = partial(self._config_map, listing, read)
        made = self._maker.make(stubs, TreeFiles(self.root, listing.tree), found, find)
        more, pieces = with_made(listing, made)
        self._pieces |= pieces
        return more, made

    def _config_map(
        self, listing: Listing, read: Mapping[str, Facts], namespace: str, name: str
    ) -> dict[str, Any] | None:
        """The first ConfigMap of a name, in a namespace or in one that is not written."""
        wanted = {Identity("", "ConfigMap", space, name) for space in ("", namespace)}
        file = next((file for file, fact in read.items() if not wanted.isdisjoint(fact.objects)), None)
        if file is None:
            return None
        items = self.readings(listing, [file])[file].resources
        return next(
            (
                item.raw
                for item in items
                if (item.group, item.kind, item.name) == ("", "ConfigMap", name)
                and item.namespace in ("", namespace)
            ),
            None,
        )

    def readings(self, listing: Listing, files: Iterable[str]) -> dict[str, FileReading]:
        """The readings of some files of a tree."""
        wanted = list(files)
        missing = [file for file in wanted if (file, listing.files[file].oid) not in self._readings]
        own = {file: parts(listing.files[file])[0] for file in missing}
        read = [file for file in missing if own[file].oid]
        entries = [(listing.places.get(file, file), own[file]) for file in read]
        found = dict.fromkeys(missing, None) | {
            file: self._read(file, own[file].oid, data)
            for file, (_, data) in zip(read, git.contents(self.root, entries), strict=True)
        }
        for file, reading in found.items():
            entry = listing.files[file]
            self._readings[file, entry.oid] = self._with_made(reading or FileReading(file), parts(entry)[1])
        return {file: self._readings[file, listing.files[file].oid] for file in wanted}

    def _with_made(self, reading: FileReading, key: str) -> FileReading:
        if not key:
            return reading
        return msgspec.structs.replace(reading, made=self.made_reading(reading.file, key))

    def made_reading(self, file: str, key: str) -> FileReading:
        """What renderers made of a file."""
        return rendered_reading(file, self._pieces[key], self.namespace)

    def _read(self, file: str, oid: str, data: bytes | None) -> FileReading:
        if data is None:
            self.unread.add(oid)
            unknown = Unknown(
                file=file,
                code="unreadable-file",
                message="its content cannot be had: it is no regular file, may not be opened, was just written, "
                "or is missing from a partial clone (`git fetch --refetch --no-filter` gets everything)",
            )
            return FileReading(file, unknowns=(unknown,))
        return read_manifest(Blob(file, data), self.namespace)

    def facts(self, listing: Listing) -> dict[str, Facts]:
        """The facts of every file of a tree, in the tree's order."""
        keys = {file: content_key(file, entry.oid) for file, entry in listing.files.items()}
        found = self.recalled(self._space, keys, Facts)
        read = self.readings(listing, (file for file in keys if file not in found))
        made = {file: facts(reading) for file, reading in read.items()}
        kept = {keys[file]: fact for file, fact in made.items() if listing.files[file].oid not in self.unread}
        self.keep(self._space, kept)
        return {file: found.get(file) or made[file] for file in keys}

    def keep(self, space: str, records: Mapping[str, Record]) -> None:
        """Remember what can be written down: a name that is no UTF-8 cannot."""
        texts = {}
        for key, record in records.items():
            with suppress(ValueError, OverflowError, TypeError):
                texts[key] = msgspec.msgpack.encode(record)
        self.cache.put(space, texts)

    def recalled(self, space: str, keys: Mapping[str, str], kind: type[Record]) -> dict[str, Record]:
        """What the cache has of some files; a record that nobody can read is none."""
        records = self.cache.get(space, keys.values())
        decode = msgspec.msgpack.Decoder(kind).decode
        found = {}
        for file, key in keys.items():
            if key in records:
                with suppress(msgspec.DecodeError, ValueError):
                    found[file] = decode(records[key])
        return found


def content_key(file: str, oid: str) -> str:
    """Content and the one thing a file's name adds to it: a kustomization may be known by its name alone."""
    return f"{oid} {file.rpartition('/')[2].startswith('kustomization.')}"
