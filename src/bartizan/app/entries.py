"""The files of a tree with what renderers made of them: an id of its own for each pair of the two."""

from collections import Counter
from hashlib import sha256

import msgspec

from bartizan.app.listing import Listing
from bartizan.app.records import Facts
from bartizan.sources.git import Entry
from bartizan.sources.rendered import Made, Piece

_PLUS = " + "
NO_FACTS = Facts((), (), (), {}, None)


def with_made(listing: Listing, made: Made) -> tuple[Listing, dict[str, list[Piece]]]:
    """The listing with the files that renderers made something of, and what they made, by its id."""
    files = dict(listing.files)
    pieces: dict[str, list[Piece]] = {}
    for file, listed in made.pieces.items():
        key = sha256(msgspec.msgpack.encode(listed)).hexdigest()
        pieces[key] = listed
        own = files.get(file, Entry("", ""))
        files[file] = msgspec.structs.replace(own, oid=f"{own.oid}{_PLUS}{key}")
    ordered = {name: files[name] for name in sorted(files)}
    return msgspec.structs.replace(listing, files=ordered), pieces


def parts(entry: Entry) -> tuple[Entry, str]:
    """The entry of the file itself (with an empty id where none was read), and the id of what was made of it."""
    own, plus, key = entry.oid.partition(_PLUS)
    return (msgspec.structs.replace(entry, oid=own), key) if plus else (entry, "")


def both(own: Facts, made: Facts) -> Facts:
    """The facts of a file and of what was made of it."""
    return Facts(
        (*own.objects, *made.objects),
        (*own.controllers, *made.controllers),
        (*own.controlled, *made.controlled),
        dict(Counter(own.counts) + Counter(made.counts)),
        own.kustomization,
    )


def without_objects(own: Facts) -> Facts:
    """The facts of a file whose objects are not judged as they stand in it."""
    return msgspec.structs.replace(own, objects=(), controllers=(), controlled=())
