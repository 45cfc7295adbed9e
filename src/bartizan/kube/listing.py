"""Lists in pages: what is kept of one page is taken before the next one comes, so memory is bounded by a page."""

from collections.abc import Callable
from typing import Any, Literal, TypeVar

import msgspec

from bartizan.kube.connection import JSON, Connection, decode
from bartizan.kube.discovery import Served
from bartizan.kube.errors import ApiError, KubeError, TooLargeError

PAGE = 500
_SMALLER = 8
_GONE = 410
_TABLE = f"{JSON};as=Table;g=meta.k8s.io;v=v1"
"""Metadata and a few columns, as `kubectl get` shows them.

There is no second choice behind it: a server that cannot leave the values out answers 406, and sends none.
"""

Taken = TypeVar("Taken")


class Listing(msgspec.Struct, frozen=True):
    """What was taken, and why it is not all of it where it is not."""

    items: list[Any]
    trouble: KubeError | None = None


class _Metadata(msgspec.Struct, rename="camel"):
    next: str = msgspec.field(name="continue", default="")
    remaining_item_count: int | None = None


class _List(msgspec.Struct):
    metadata: _Metadata
    items: list[Any] | None
    """Without a default: what has no items is no list, and no empty one."""

    def objects(self) -> list[Any]:
        return self.items or []


class _Column(msgspec.Struct):
    name: str


class _Row(msgspec.Struct):
    cells: list[Any]
    object: dict[str, Any]


class _Table(msgspec.Struct, rename="camel"):
    kind: Literal["Table"]
    metadata: _Metadata
    column_definitions: list[_Column]
    rows: list[_Row] | None

    def objects(self) -> list[Any]:
        """Each row's metadata, with the cells of columns that are called as a field is."""
        names = [column.name.lower() for column in self.column_definitions]
        return [{**dict(zip(names, row.cells, strict=False)), **row.object} for row in self.rows or ()]


def listed(
    connection: Connection,
    served: Served,
    take: Callable[[Any], Taken],
    *,
    namespace: str = "",
    outline: bool = False,
    told: Callable[[int, int], None] | None = None,
) -> Listing:
    """All objects of a kind, in the order of the server: by namespace and name.

    Args:
        take: Makes what is kept of an object.
        namespace: Of this one; else of all.
        outline: Whether the server sends the metadata and nothing else but what `kubectl get` shows.
        told: Told how many were taken, and out of how many (0 where the server does not say).
    """
    walk = _Walk(connection, served.path(namespace), outline=outline)
    items: list[Taken] = []
    while not walk.done:
        try:
            page = walk.page()
        except KubeError as error:
            if not walk.again(error):
                return Listing(items, error)
            if walk.at_start:
                items.clear()
            continue
        items.extend(map(take, page.objects()))
        if told is not None:
            left = page.metadata.remaining_item_count
            told(len(items), len(items) + left if left else 0)
        del page  # before the next one comes
    return Listing(items)


class _Walk:
    """From page to page. One answer too large makes the pages smaller, a token that is too old starts anew."""

    def __init__(self, connection: Connection, path: str, *, outline: bool) -> None:
        self._connection = connection
        self._path = path
        self._outline = outline
        self._limit = PAGE
        self._next = ""
        self._restarted = False
        self.done = False

    @property
    def at_start(self) -> bool:
        return not self._next

    def page(self) -> _List | _Table:
        query: dict[str, str | int] = {"limit": self._limit}
        if self._outline:
            query["includeObject"] = "Metadata"
        if self._next:
            query["continue"] = self._next
        body = self._connection.get(self._path, query, _TABLE if self._outline else JSON)
        page: _List | _Table = decode(body, _Table if self._outline else _List)
        self._next = page.metadata.next
        self.done = not self._next
        return page

    def again(self, error: KubeError) -> bool:
        """Whether to go on after an error."""
        if isinstance(error, TooLargeError) and self._limit > 1:
            self._limit = max(1, self._limit // _SMALLER)
            return True
        if isinstance(error, ApiError) and error.status == _GONE and not self._restarted:
            self._restarted, self._next = True, ""
            return True
        return False
