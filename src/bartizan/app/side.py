"""One side of a diff: a git tree whose files are read and judged only as far as somebody asks."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec

from bartizan.app.judging import Rules
from bartizan.app.listing import Listing
from bartizan.app.records import FORMAT, Answered, Facts, Identity, Verdict, digest, facts, verdicts
from bartizan.evaluate import evaluate
from bartizan.model.owner import Owners
from bartizan.model.resource import Resource
from bartizan.model.result import Read
from bartizan.model.review import Review
from bartizan.model.unknown import Unknown
from bartizan.sources import git
from bartizan.sources.blob import Blob
from bartizan.sources.manifests import FileReading, read_manifest
from bartizan.sources.rendering import in_role, roles
from bartizan.store.cache import Cache

FACTS_SPACE = f"facts/{FORMAT}"

FOLDED = Read("bartizan.dev", "Folded", None)
"""Asked, in a way, of every object that may be told under an owner in another file: what are all of those?"""


class Library:
    """Readings and facts by content, shared by both sides."""

    def __init__(self, root: Path, cache: Cache, namespace: str) -> None:
        self.root = root
        self.namespace = namespace
        self._cache = cache
        self._space = f"{FACTS_SPACE}/{namespace}"
        self._readings: dict[tuple[str, str], FileReading] = {}

    def readings(self, listing: Listing, files: Iterable[str]) -> dict[str, FileReading]:
        """The readings of some files of a tree."""
        wanted = list(files)
        missing = [
            (listing.places.get(file, file), listing.files[file])
            for file in wanted
            if (file, listing.files[file].oid) not in self._readings
        ]
        texts = zip(missing, git.contents(self.root, missing), strict=True)
        data = {(place, entry.oid): text for (place, entry), (_, text) in texts}
        for file in wanted:
            entry = listing.files[file]
            key = (file, entry.oid)
            if key not in self._readings:
                self._readings[key] = self._read(file, data[listing.places.get(file, file), entry.oid])
        return {file: self._readings[file, listing.files[file].oid] for file in wanted}

    def _read(self, file: str, data: bytes | None) -> FileReading:
        if data is None:
            unknown = Unknown(file=file, code="unreadable-file", message="git does not have its content")
            return FileReading(file, unknowns=(unknown,))
        return read_manifest(Blob(file, data), self.namespace)

    def facts(self, listing: Listing) -> dict[str, Facts]:
        """The facts of every file of a tree."""
        keys = {file: _content_key(file, entry.oid) for file, entry in listing.files.items()}
        known = self._cache.get(self._space, keys.values())
        found = {
            file: msgspec.msgpack.decode(known[key], type=Facts) for file, key in keys.items() if key in known
        }
        read = self.readings(listing, (file for file in keys if file not in found))
        made = {file: facts(reading) for file, reading in read.items()}
        self._cache.put(self._space, {keys[file]: msgspec.msgpack.encode(fact) for file, fact in made.items()})
        return found | made


def _content_key(file: str, oid: str) -> str:
    """Content and the one thing a file's name adds to it: a kustomization may be known by its name alone."""
    return f"{oid} {file.rpartition('/')[2].startswith('kustomization.')}"


class Side:
    """A tree under the rules: what is in it, and what the judges say."""

    def __init__(self, listing: Listing, library: Library, rules: Rules, cache: Cache) -> None:
        self.listing = listing
        self.library = library
        self.rules = rules
        self.facts = library.facts(listing)
        self.stubs = [self.facts[file].stub(file) for file in sorted(self.facts)]
        self.roles = roles(self.stubs)
        self._cache = cache
        self._space = f"judged/{FORMAT}/{library.namespace}/{digest((rules.judging_text,))}"
        self._index = self._indexed()
        self._folded = self._folding()
        self._digests: dict[Read, str] = {FOLDED: digest(listing.files[file].oid for file in sorted(self._folded))}

    def key(self, file: str) -> tuple[str, str]:
        """Equal keys on both sides: the same content in the same role."""
        return self.listing.files[file].oid, self.roles.of(file)

    def _folding(self) -> set[str]:
        """The files whose findings may be told in another one of them: objects of controllers, and the controllers."""
        owners = {owner for file, fact in self.facts.items() for owner in fact.controllers}
        if not owners:
            return set()
        return {
            file for file, fact in self.facts.items() if fact.controllers or not owners.isdisjoint(fact.objects)
        }

    def _indexed(self) -> dict[tuple[str, str], dict[str, list[tuple[str, Identity]]]]:
        """Objects by kind and namespace, in the order of files."""
        found: defaultdict[tuple[str, str], defaultdict[str, list[tuple[str, Identity]]]] = defaultdict(
            lambda: defaultdict(list)
        )
        for file in sorted(self.facts):
            if self.roles.of(file) == "plain":
                for identity in self.facts[file].objects:
                    found[identity.group, identity.kind][identity.namespace].append((file, identity))
        return found  # type: ignore[return-value] # read like plain dicts

    def asked(self, read: Read) -> list[str]:
        """The files whose objects answer a question."""
        spaces = self._index.get((read.group, read.kind), {})
        chosen = spaces.values() if read.namespace is None else [spaces.get(read.namespace, [])]
        return sorted(
            {file for items in chosen for file, item in items if not read.name or item.name == read.name}
        )

    def answer(self, read: Read) -> str:
        """A digest of what answers a question: equal digests, equal answers."""
        if read not in self._digests:
            self._digests[read] = digest(self.listing.files[file].oid for file in self.asked(read))
        return self._digests[read]

    # What this side supplies as look-ups: the same answers as an inventory of everything.
    def supplies(self, need: str) -> bool:
        """As an inventory of the whole tree."""
        return need == "inventory"

    def objects(self, group: str, kind: str, namespace: str | None = None) -> tuple[Resource, ...]:
        """As an inventory of the whole tree; reads the files that hold the answer."""
        readings = self.library.readings(self.listing, self.asked(Read(group, kind, namespace)))
        return tuple(
            resource
            for reading in readings.values()
            for resource in reading.resources
            if (resource.group, resource.kind) == (group, kind) and namespace in (None, resource.namespace)
        )

    def find(self, group: str, kind: str, namespace: str, name: str) -> Resource | Unknown:
        """As an inventory of the whole tree."""
        readings = self.library.readings(self.listing, self.asked(Read(group, kind, namespace, name)))
        for reading in readings.values():
            for item in reading.resources:
                if (item.group, item.kind, item.namespace, item.name) == (group, kind, namespace, name):
                    return item
        where = f"{namespace}/{name}" if namespace else name
        return Unknown(code="not-evaluable-here", message=f"{kind} {where} is not among the scanned objects")

    def verdicts(self, files: Sequence[str]) -> dict[str, Verdict]:
        """How the files' objects are judged in this tree; what is remembered and holds is not judged again."""
        found = self._recalled(files)
        left = {file for file in files if file not in found}
        if left & self._folded:
            left |= self._folded
        made = self._judged(sorted(left))
        self._cache.put(
            self._space,
            {self._record_key(file): msgspec.msgpack.encode(verdict) for file, verdict in made.items()},
        )
        return found | {file: made[file] for file in files if file in made}

    def _record_key(self, file: str) -> str:
        return f"{_content_key(file, self.listing.files[file].oid)} {self.roles.of(file)}"

    def _recalled(self, files: Sequence[str]) -> dict[str, Verdict]:
        keys = {file: self._record_key(file) for file in files}
        records = self._cache.get(self._space, keys.values())
        decode = msgspec.msgpack.Decoder(Verdict).decode
        found = {file: decode(records[key]) for file, key in keys.items() if key in records}
        return {file: verdict for file, verdict in found.items() if self.holds(verdict)}

    def holds(self, verdict: Verdict) -> bool:
        """Whether all that the judges asked is answered alike in this tree."""
        return all(self.answer(answered.read) == answered.digest for answered in verdict.answers)

    def _judged(self, files: Sequence[str]) -> dict[str, Verdict]:
        read = self.library.readings(self.listing, files)
        told = (in_role(reading, self.roles.of(file)) for file, reading in read.items())
        readings = [reading for reading in told if reading is not None]
        resources = [resource for reading in readings for resource in reading.resources]
        owners = Owners(resources)
        evaluation = evaluate(
            self.rules.judges,
            [Review(resource, owner=owners.top(resource)) for resource in resources],
            self,
            self.rules.at,
            minor=self.rules.selection.minor,
        )
        answers = {file: self._answered(evaluation.reads.get(file, ()), file) for file in files}
        made = verdicts(readings, evaluation, answers)
        templates = [FileReading(file) for file in files if file not in made]
        return made | verdicts(
            templates, msgspec.structs.replace(evaluation, findings=(), unknowns=(), results=()), {}
        )

    def _answered(self, reads: Iterable[Read], file: str) -> tuple[Answered, ...]:
        asked = (*reads, FOLDED) if file in self._folded else reads
        return tuple(Answered(read, self.answer(read)) for read in asked)

    def counts(self) -> Counter[str]:
        """Documents that are no objects, in the whole tree."""
        counts = Counter(self.listing.counts)
        for stub in self.stubs:
            told = in_role(stub, self.roles.of(stub.file))
            counts.update(told.counts if told else {"chart-template": 1})
        return counts
