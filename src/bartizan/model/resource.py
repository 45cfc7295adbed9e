"""A Kubernetes object as it was read, with its place."""

from typing import Any, Literal

import msgspec

from bartizan.model.path import Path
from bartizan.model.span import Marks, Span

OriginKind = Literal["file", "cluster", "request"]


class Origin(msgspec.Struct, frozen=True):
    """Where an object came from."""

    kind: OriginKind = "file"
    file: str = ""
    """Relative to the scanned root, `/`-separated; `-` is standard input."""
    index: int = 0
    """The document's position in its file."""
    path: Path = ()
    """The object's place inside its document: `("items", 3)` in a `kind: List`."""
    rendered: bool = False
    """Whether a chart or kustomization made it of the file: the file itself says something else."""


class GroupKind(msgspec.Struct, frozen=True, order=True):
    """What an object is, whatever its version."""

    group: str
    kind: str

    def __str__(self) -> str:
        return f"{self.kind}.{self.group}" if self.group else self.kind


class Subject(msgspec.Struct, frozen=True, order=True, rename="camel"):
    """Who a result is about."""

    api_version: str
    kind: str
    namespace: str = ""
    """Empty for cluster-wide objects and for objects whose namespace is not written."""
    name: str = ""
    container: str = ""

    @property
    def title(self) -> str:
        """`Deployment shop/web`, as shown to a person."""
        return f"{self.kind} {self.namespace}/{self.name}" if self.namespace else f"{self.kind} {self.name}"


class Duplicate(msgspec.Struct, frozen=True):
    """A key that stands twice in one mapping; the API server keeps the last."""

    path: Path
    line: int
    """1-based line of the key that a reader meets first, and that does not count."""


class Resource(msgspec.Struct, frozen=True, eq=False):
    """`raw` is what the API server would decode: plain dicts, lists and scalars. Nobody changes it."""

    raw: dict[str, Any]
    origin: Origin
    api_version: str
    kind: str
    name: str
    """`metadata.name`, else `metadata.generateName` followed by `*`."""
    namespace: str
    """As written, else the namespace handed in for objects without one, else empty."""
    marks: Marks | None = None
    document: Any = None
    """The document's whole value: `marks` and `origin.path` start from it."""
    duplicates: tuple[Duplicate, ...] = ()
    outline: bool = False
    """Only some of its fields were read: `raw` raises where another is asked for."""

    @property
    def group(self) -> str:
        """The API group; empty for the core group."""
        group, slash, _ = self.api_version.partition("/")
        return group if slash else ""

    @property
    def group_kind(self) -> GroupKind:
        """The kind with its group."""
        return GroupKind(self.group, self.kind)

    @property
    def subject(self) -> Subject:
        """The object's identity."""
        return Subject(self.api_version, self.kind, self.namespace, self.name)

    @property
    def metadata(self) -> dict[str, Any]:
        """The object's metadata, or nothing where it is ill-typed."""
        metadata = self.raw.get("metadata")
        return metadata if isinstance(metadata, dict) else {}

    def span(self, path: Path) -> Span | None:
        """Where `path` (or its deepest written part) stands in the file."""
        if self.marks is None:
            return None
        return self.marks.nearest(self.origin.path + path, self.document)
