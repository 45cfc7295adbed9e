"""One side of a diff: a git tree whose files are read and judged only as far as somebody asks."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import msgspec

from bartizan.app.entries import NO_FACTS, both, parts, without_objects
from bartizan.app.halves import in_halves
from bartizan.app.judging import Rules
from bartizan.app.library import Library, content_key
from bartizan.app.listing import Listing
from bartizan.app.records import Answered, Facts, Identity, Verdict, digest, facts, verdicts
from bartizan.checks.check import CannotTell
from bartizan.evaluate import evaluate
from bartizan.model.owner import Owners
from bartizan.model.resource import Resource, Subject
from bartizan.model.result import Read
from bartizan.model.review import Derived, Glance, Lookups, Review
from bartizan.model.unknown import Unknown
from bartizan.sources.manifests import FileReading
from bartizan.sources.not_rendered import changes
from bartizan.sources.rendered import NOTHING_MADE
from bartizan.sources.rendering import charts, roles

FOLDED = Read("bartizan.dev", "Folded", None)
"""Asked, in a way, of every object that may be told under an owner in another file: what are all of those?"""


class _Half(msgspec.Struct, frozen=True):
    """What one half of the files came to."""

    verdicts: dict[str, Verdict]
    unread: set[str]


class Side:
    """A tree under the rules: what is in it, and what the judges say."""

    def __init__(self, listing: Listing, library: Library, rules: Rules) -> None:
        self.library = library
        self.rules = rules
        self.files = len(listing.files)
        """Those that are read; the listing has those as well that only renderers read."""
        read = library.facts(listing)
        self.stubs = [fact.stub(file) for file, fact in read.items()]
        self.listing, made = library.rendered(listing, self.stubs, read)
        self.roles = roles(self.stubs, made)
        self.facts = self._effective(read)
        self._space = f"judged/{library.engine}/{library.namespace}/{digest((rules.judging_text,))}"
        self._index = self._indexed()
        self._order = {file: index for index, file in enumerate(self.facts)}
        self._folded = self._folding()
        # Which of them tells a finding depends on their order, so their names count as well.
        told = (f"{file}\0{' '.join(self.key(file))}" for file in self.facts if file in self._folded)
        self._digests: dict[Read, str] = {FOLDED: digest(told)}
        self._found: dict[Read, list[Resource]] = {}

    def _effective(self, read: Mapping[str, Facts]) -> dict[str, Facts]:
        """The facts of what is judged: objects as they stand, and those that renderers made."""
        found = {}
        for file, entry in self.listing.files.items():
            own = read.get(file, NO_FACTS)
            own = own if self.roles.judged(file) else without_objects(own)
            key = parts(entry)[1]
            found[file] = both(own, facts(self.library.made_reading(file, key))) if key else own
        return found

    def key(self, file: str) -> tuple[str, str]:
        """Equal keys on both sides: the same content in the same role."""
        return self.listing.files[file].oid, self.roles.key(file)

    def hidden(self, other: "Side") -> set[str]:
        """The files of which the other side knows what is made, and this one does not: a renderer failed here."""
        mine, theirs = self.roles.made, other.roles.made
        found: set[str] = set()
        for folder, rendering in theirs.charts.items():
            own = mine.charts.get(folder, NOTHING_MADE)
            if folder in self.roles.charts and (own.problems or not own.whole):
                found |= rendering.pieces.keys() - own.pieces.keys()
        failing = {
            stub.file for stub in self.stubs if stub.kustomization and changes(stub.kustomization)
        } - mine.built
        for file in failing & theirs.kustomizations.keys():
            found |= theirs.kustomizations[file].pieces.keys()
        return found

    def _folding(self) -> set[str]:
        """The files whose findings may be told in another one of them: with controllers, or what those made."""
        concerned = {item for fact in self.facts.values() for item in (*fact.controllers, *fact.controlled)}
        if not concerned:
            return set()
        return {file for file, fact in self.facts.items() if not concerned.isdisjoint(fact.objects)}

    def _indexed(self) -> dict[tuple[str, str], dict[str, list[tuple[str, Identity]]]]:
        """Objects by kind and namespace, in the order of files."""
        found: defaultdict[tuple[str, str], defaultdict[str, list[tuple[str, Identity]]]] = defaultdict(
            lambda: defaultdict(list)
        )
        for file, fact in self.facts.items():
            for identity in fact.objects:
                found[identity.group, identity.kind][identity.namespace].append((file, identity))
        return found  # type: ignore[return-value] # read like plain dicts

    def holds_object(self, identity: Identity) -> bool:
        """Whether the tree has the object."""
        found = self._index.get((identity.group, identity.kind), {}).get(identity.namespace, ())
        return any(item == identity for _, item in found)

    def asked(self, read: Read) -> list[str]:
        """The files whose objects answer a question, in order."""
        spaces = self._index.get((read.group, read.kind), {})
        chosen = spaces.values() if read.namespace is None else [spaces.get(read.namespace, [])]
        files = {file for items in chosen for file, item in items if not read.name or item.name == read.name}
        return sorted(files, key=self._order.__getitem__)

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
        """As an inventory of the whole tree: by namespaces, in the order of files."""
        found = self._read(Read(group, kind, namespace))
        if namespace is not None:
            return tuple(item for item in found if item.namespace == namespace)
        spaces: dict[str, list[Resource]] = {}
        for item in found:
            spaces.setdefault(item.namespace, []).append(item)
        return tuple(item for items in spaces.values() for item in items)

    def find(self, group: str, kind: str, namespace: str, name: str) -> Resource | Unknown:
        """As an inventory of the whole tree."""
        for item in self._read(Read(group, kind, namespace, name)):
            if (item.namespace, item.name) == (namespace, name):
                return item
        where = f"{namespace}/{name}" if namespace else name
        return Unknown(code="not-evaluable-here", message=f"{kind} {where} is not among the scanned objects")

    def glance(self, group: str, kind: str, glance: Glance) -> tuple[tuple[Subject, Any], ...]:
        """As an inventory of the whole tree; what is remembered of a file's content is not read again."""
        files = self.asked(Read(group, kind, None))
        keys = {file: content_key(file, self.listing.files[file].oid) for file in files}
        space = f"glance/{self.library.engine}/{self.library.namespace}/{glance.name}/{group}/{kind}"
        shape: Any = list[tuple[Subject, glance.shape]]  # type: ignore[name-defined] # a type made at run time
        seen: dict[str, list[tuple[Subject, Any]]] = self.library.recalled(space, keys, shape)
        made = self._glanced(group, kind, glance, [file for file in files if file not in seen])
        self.library.keep(space, {keys[file]: found for file, found in made.items()})
        spaces: dict[str, list[tuple[Subject, Any]]] = {}
        for file in files:
            for subject, view in seen[file] if file in seen else made[file]:
                spaces.setdefault(subject.namespace, []).append((subject, view))
        return tuple(item for items in spaces.values() for item in items)

    def _glanced(
        self, group: str, kind: str, glance: Glance, files: Sequence[str]
    ) -> dict[str, list[tuple[Subject, Any]]]:
        return {
            file: [(r.subject, glance.of(r)) for r in objects if (r.group, r.kind) == (group, kind)]
            for file, objects in self._objects_in(files).items()
        }

    def derive(self, make: Callable[[Lookups], Derived]) -> Derived:
        """Worked out each time: the recorder in front of it remembers."""
        return make(self)

    def _read(self, read: Read) -> list[Resource]:
        """The objects of the kind in the files that hold the answer; many ask the same."""
        if read not in self._found:
            self._found[read] = self._searched(read)
        return self._found[read]

    def _searched(self, read: Read) -> list[Resource]:
        return [
            item
            for objects in self._objects_in(self.asked(read)).values()
            for item in objects
            if (item.group, item.kind) == (read.group, read.kind)
        ]

    def _objects_in(self, files: Sequence[str]) -> dict[str, tuple[Resource, ...]]:
        readings = self.library.readings(self.listing, files)
        for file in readings:
            if self.listing.files[file].oid in self.library.unread:
                raise CannotTell(f"`{file}` cannot be read, and holds what is asked for", "lookup-failed")
        return {file: reading.resources for file, reading in readings.items()}

    def verdicts(self, files: Sequence[str]) -> dict[str, Verdict]:
        """How the files' objects are judged in this tree; what is remembered and holds is not judged again."""
        keys = {file: self._record_key(file) for file in files}
        recalled = self.library.recalled(self._space, keys, Verdict)
        found = {file: verdict for file, verdict in recalled.items() if self.holds(file, verdict)}
        left = {file for file in files if file not in found}
        if left & self._folded:
            left |= self._folded
        made = self._judged_in_halves(sorted(left, key=self._order.__getitem__))
        if not self.library.unread:
            self.library.keep(self._space, {self._record_key(file): verdict for file, verdict in made.items()})
        return {file: found.get(file) or made[file] for file in files}

    def _record_key(self, file: str) -> str:
        """What the verdict depends on beside the answers of look-ups: for most files their content and role."""
        named = file in self._folded or self.facts[file].kustomization is not None
        key = f"{content_key(file, self.listing.files[file].oid)} {self.roles.key(file)}"
        return f"{key} {digest((file,))}" if named else key

    def holds(self, file: str, verdict: Verdict) -> bool:
        """Whether a verdict on a file holds here: all that the judges asked is answered alike in this tree."""
        folded = any(answered.read == FOLDED for answered in verdict.answers)
        return folded == (file in self._folded) and all(
            self.answer(answered.read) == answered.digest for answered in verdict.answers
        )

    def _judged_in_halves(self, files: Sequence[str]) -> dict[str, Verdict]:
        self.library.readings(self.listing, files)  # before the halves part: both have them
        together = [file for file in files if file in self._folded]
        apart = [file for file in files if file not in self._folded]
        halves = in_halves(self._judged_with_unread, together, apart, _Half)
        for half in halves:
            self.library.unread |= half.unread
        return {file: verdict for half in halves for file, verdict in half.verdicts.items()}

    def _judged_with_unread(self, files: Sequence[str]) -> _Half:
        return _Half(self._judged(files), self.library.unread)

    def _judged(self, files: Sequence[str]) -> dict[str, Verdict]:
        read = self.library.readings(self.listing, files)
        told = (self.roles.told(reading) for reading in read.values())
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
        nothing = msgspec.structs.replace(evaluation, findings=(), unknowns=(), results=())
        return made | verdicts(templates, nothing, answers)

    def _answered(self, reads: Iterable[Read], file: str) -> tuple[Answered, ...]:
        asked = (*reads, FOLDED) if file in self._folded else reads
        return tuple(Answered(read, self.answer(read)) for read in asked)

    def objects_made(self) -> int:
        """How many objects are told under the controller that made them."""
        controlled = {identity for fact in self.facts.values() for identity in fact.controlled}
        return sum(identity in controlled for fact in self.facts.values() for identity in fact.objects)

    def counts(self) -> Counter[str]:
        """Documents that are no objects, in the whole tree."""
        counts = Counter(self.listing.counts)
        for stub in self.stubs:
            told = self.roles.told(stub)
            counts.update(told.counts if told else {})
        for reading in charts(self.roles):
            counts.update(reading.counts)
        for file, entry in self.listing.files.items():
            if key := parts(entry)[1]:
                counts.update(self.library.made_reading(file, key).counts)
        return counts
