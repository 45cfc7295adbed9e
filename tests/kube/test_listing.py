"""Pages, one after the other; a list that changes under our feet starts anew once."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from bartizan.kube import connection as connection_module
from bartizan.kube.connection import Connection
from bartizan.kube.discovery import Served
from bartizan.kube.errors import ApiError, ConnectionLostError, TooLargeError
from bartizan.kube.listing import Listing, listed
from tests.kube.fake_server import Answerer, Asked, FakeServer, Reply, access, fake_server

PODS = Served("", "pods", "v1", "Pod", namespaced=True)
GONE = Reply({"message": "the provided continue parameter is too old"}, status=410)


class Shelf:
    """A list of `size` items, each with a name and so much text, in pages; `Reply`s in `troubles` come first."""

    def __init__(self, size: int, text: int = 0, troubles: dict[str, list[Reply]] | None = None) -> None:
        self.size = size
        self.text = "x" * text
        self.troubles = troubles or {}

    def __call__(self, asked: Asked) -> Reply:
        start = int(asked.query.get("continue", "0"))
        if self.troubles.get(str(start)):
            return self.troubles[str(start)].pop(0)
        end = min(self.size, start + int(asked.query["limit"]))
        metadata: dict[str, Any] = {"resourceVersion": "1"}
        if end < self.size:
            metadata |= {"continue": str(end), "remainingItemCount": self.size - end}
        return Reply(
            {"metadata": metadata, "items": [{"name": number, "text": self.text} for number in range(start, end)]}
        )


@contextmanager
def served(folder: Path, answer: Answerer) -> Iterator[tuple[Connection, FakeServer]]:
    with (
        fake_server(answer) as server,
        Connection(access(folder, server.url), pause=lambda _: None) as connection,
    ):
        yield connection, server


def names(folder: Path, answer: Answerer, **options: Any) -> tuple[Listing, list[Asked]]:
    """A list's names, and what was asked for them."""
    with served(folder, answer) as (connection, server):
        return listed(connection, PODS, lambda raw: raw["name"], **options), server.asked


def test_pages_are_asked_for_until_none_is_left(tmp_path: Path) -> None:
    said: list[tuple[int, int]] = []
    listing, asked = names(tmp_path, Shelf(1100), told=lambda *told: said.append(told))
    assert listing == Listing(list(range(1100)))
    assert [(each.query["limit"], each.query.get("continue")) for each in asked] == [
        ("500", None),
        ("500", "500"),
        ("500", "1000"),
    ]
    assert said == [(500, 1100), (1000, 1100), (1100, 0)]


def test_a_list_without_items_is_empty(tmp_path: Path) -> None:
    assert names(tmp_path, lambda _: Reply({"metadata": {}, "items": None}))[0] == Listing([])


def test_one_namespace_is_asked_for_by_its_path(tmp_path: Path) -> None:
    _, asked = names(tmp_path, Shelf(1), namespace="shop")
    assert asked[0].path == "/api/v1/namespaces/shop/pods"


def test_a_list_that_is_gone_starts_anew_and_holds_nothing_twice(tmp_path: Path) -> None:
    listing, asked = names(tmp_path, Shelf(1100, troubles={"1000": [GONE]}))
    assert listing == Listing(list(range(1100)))
    assert len(asked) == 3 + 3


def test_a_list_that_is_gone_again_is_given_up(tmp_path: Path) -> None:
    listing, _ = names(tmp_path, Shelf(1100, troubles={"500": [GONE], "1000": [GONE]}))
    assert listing.items == list(range(1000))
    assert isinstance(listing.trouble, ApiError)


def test_pages_that_are_too_large_become_smaller(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A thousand ConfigMaps of a megabyte each are read, a few at a time."""
    monkeypatch.setattr(connection_module, "MAX_BYTES", 20_000)
    listing, asked = names(tmp_path, Shelf(40, text=1000))
    assert listing == Listing(list(range(40)))
    assert [each.query["limit"] for each in asked] == ["500", "62", "7", *["7"] * 5]


def test_an_object_that_is_too_large_alone_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection_module, "MAX_BYTES", 20_000)
    listing, _ = names(tmp_path, Shelf(4, text=30_000))
    assert listing.items == []
    assert isinstance(listing.trouble, TooLargeError)


@pytest.mark.parametrize(
    "body", [b"{", b"[]", b'{"metadata": {}, "items": {}}', b'{"items": []}', b'{"metadata": {}}', b"null"]
)
def test_what_is_no_list_is_told_and_not_taken_for_an_empty_one(tmp_path: Path, body: bytes) -> None:
    listing, _ = names(tmp_path, lambda _: Reply(body))
    assert isinstance(listing.trouble, ConnectionLostError)


def test_an_outline_asks_for_no_values(tmp_path: Path) -> None:
    """Secrets come as `kubectl get` shows them: there is no second choice in what we accept."""
    table = {
        "kind": "Table",
        "metadata": {},
        "columnDefinitions": [{"name": "Name"}, {"name": "Type"}, {"name": "Data"}],
        "rows": [{"cells": ["login", "Opaque", 2], "object": {"metadata": {"name": "login"}}}],
    }
    with served(tmp_path, lambda _: Reply(table)) as (connection, server):
        listing = listed(connection, PODS, lambda raw: raw, outline=True)
    assert listing.items == [{"name": "login", "type": "Opaque", "data": 2, "metadata": {"name": "login"}}]
    assert server.asked[0].headers["Accept"] == "application/json;as=Table;g=meta.k8s.io;v=v1"
    assert server.asked[0].query["includeObject"] == "Metadata"


def test_a_full_list_is_not_taken_for_an_outline(tmp_path: Path) -> None:
    """A server that sends the values all the same: they are not looked at, and the kind is unread."""
    full = {"kind": "SecretList", "metadata": {}, "items": [{"metadata": {"name": "a"}, "data": {"p": "eA=="}}]}
    with served(tmp_path, lambda _: Reply(full)) as (connection, _):
        listing = listed(connection, PODS, lambda raw: raw, outline=True)
    assert listing.items == []
    assert listing.trouble is not None
