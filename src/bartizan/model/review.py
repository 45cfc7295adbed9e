"""What is put before the judges: an object, and what the door knows about it."""

from collections.abc import Callable
from typing import Any, Literal, Protocol, TypeVar

import msgspec

from bartizan.model.resource import Resource, Subject
from bartizan.model.unknown import Unknown

Derived = TypeVar("Derived")
Operation = Literal["create", "update", "delete", "audit"]


class Review(msgspec.Struct, frozen=True, eq=False):
    """One object to judge. Scan, admission and audit differ only in who builds it."""

    object: Resource
    operation: Operation = "audit"
    old: Resource | None = None
    user: str = ""
    owner: Subject | None = None
    """The top owner, where a controller made the object: findings are attributed to it."""


class Glance(msgspec.Struct, frozen=True, eq=False):
    """The little that a judge needs of very many objects: a door may remember it of each file's content."""

    name: str
    """Tells it from the others."""
    of: Callable[[Resource], Any]
    """A pure function of the object alone; it raises nothing."""
    shape: type
    """What it gives: a type that msgspec can write and read."""


class Lookups(Protocol):
    """Answers about what lies beyond the object; computed when asked, and each question is noted."""

    def supplies(self, need: str) -> bool:
        """Whether this door ever answers this kind of question (`inventory`, `namespace`, …)."""

    def objects(self, group: str, kind: str, namespace: str | None = None) -> tuple[Resource, ...]:
        """All objects of a kind, in one namespace or everywhere, in the inventory's order."""

    def find(self, group: str, kind: str, namespace: str, name: str) -> Resource | Unknown:
        """The named object, or an Unknown that says why it cannot be told."""

    def glance(self, group: str, kind: str, glance: Glance) -> tuple[tuple[Subject, Any], ...]:
        """All objects of a kind as `objects` orders them: who each is, and what the glance gives of it."""

    def derive(self, make: Callable[["Lookups"], Derived]) -> Derived:
        """What `make` works out of these look-ups: once, however often it is asked for.

        Whoever asks for it has asked all that `make` asked. `make` is a function of a module: it is the key.
        """
