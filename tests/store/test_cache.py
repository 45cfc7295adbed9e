"""A cache that can be lost at any time, and is never trusted."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from bartizan.store import cache as module
from bartizan.store.cache import FileCache, NoCache, default_folder


@pytest.fixture
def cache(tmp_path: Path) -> Iterator[FileCache]:
    made = FileCache(tmp_path / "cache")
    yield made
    made.close()


def reopened(folder: Path, space: str = "s", keys: tuple[str, ...] = ("k",)) -> dict[str, bytes]:
    """What another process would find."""
    cache = FileCache(folder)
    try:
        return cache.get(space, keys)
    finally:
        cache.close()


def test_records_are_found_again_by_space_and_key(cache: FileCache, tmp_path: Path) -> None:
    cache.put("s", {"k": b"one", "l": b""})
    cache.put("t", {"k": b"other"})
    assert cache.get("s", ["k", "l", "m"]) == {"k": b"one", "l": b""}
    assert reopened(tmp_path / "cache", "t") == {"k": b"other"}


def test_a_record_is_replaced(cache: FileCache) -> None:
    cache.put("s", {"k": b"old"})
    cache.put("s", {"k": b"new"})
    assert cache.get("s", ["k"]) == {"k": b"new"}


def test_thousands_of_records_are_found_at_once(cache: FileCache) -> None:
    records = {str(number): str(number).encode() for number in range(2500)}
    cache.put("s", records)
    assert cache.get("s", records) == records


def test_a_file_that_is_no_database_is_replaced(tmp_path: Path) -> None:
    folder = tmp_path / "cache"
    folder.mkdir()
    (folder / "records.sqlite").write_bytes(b"garbage " * 1000)
    cache = FileCache(folder)
    cache.put("s", {"k": b"v"})
    cache.close()
    assert reopened(folder) == {"k": b"v"}


def test_a_database_of_another_shape_is_no_cache(tmp_path: Path) -> None:
    folder = tmp_path / "cache"
    folder.mkdir()
    with sqlite3.connect(folder / "records.sqlite") as connection:
        connection.execute("CREATE TABLE record (something TEXT)")
    connection.close()
    cache = FileCache(folder)
    cache.put("s", {"k": b"v"})
    assert cache.get("s", ["k"]) == {}
    cache.close()


@pytest.mark.parametrize("data", [b"", b"x", b"\0\0\0\0changed", "text", 7, None])
def test_a_damaged_record_is_none(data: object, cache: FileCache, tmp_path: Path) -> None:
    cache.put("s", {"k": b"v", "l": b"w"})
    with sqlite3.connect(tmp_path / "cache/records.sqlite") as connection:
        connection.execute("UPDATE record SET data = ? WHERE key = 'k'", (data,))
    connection.close()
    assert cache.get("s", ["k", "l"]) == {"l": b"w"}


@pytest.mark.parametrize("place", ["file", "under a file", "folder in its place"])
def test_a_folder_that_cannot_be_used_is_no_cache(place: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    folder = tmp_path / {"file": "file", "under a file": "file/cache"}.get(place, "cache")
    if place == "folder in its place":
        (folder / "records.sqlite").mkdir(parents=True)
    cache = FileCache(folder)
    cache.put("s", {"k": b"v"})
    assert cache.get("s", ["k"]) == {}
    cache.close()


def test_a_cache_that_is_locked_is_no_cache(cache: FileCache, tmp_path: Path) -> None:
    """Reading goes on, writing is left out."""
    cache.put("s", {"k": b"v"})
    assert cache._connection is not None
    cache._connection.execute("PRAGMA busy_timeout=1")
    other = sqlite3.connect(tmp_path / "cache/records.sqlite")
    other.execute("BEGIN IMMEDIATE")
    cache.put("s", {"l": b"w"})
    assert cache.get("s", ["k", "l"]) == {"k": b"v"}
    other.close()


def test_two_processes_write_one_cache(tmp_path: Path) -> None:
    one, other = FileCache(tmp_path), FileCache(tmp_path)
    one.put("s", {"a": b"1"})
    other.put("s", {"b": b"2"})
    one.put("s", {"c": b"3"})
    assert other.get("s", "abc") == one.get("s", "abc") == {"a": b"1", "b": b"2", "c": b"3"}
    one.close()
    other.close()


def test_a_full_cache_starts_anew(cache: FileCache, monkeypatch: pytest.MonkeyPatch) -> None:
    """And what it took is used again: it is not full for ever after."""
    monkeypatch.setattr(module, "_MOST_BYTES", 200_000)
    for number in range(40):
        cache.put("s", {f"{number}": bytes(20_000)})
    kept = cache.get("s", map(str, range(40)))
    assert 1 < len(kept) < 12
    assert "39" in kept


def test_the_folder_is_its_owners(tmp_path: Path) -> None:
    FileCache(tmp_path / "deep/cache").close()
    assert (tmp_path / "deep/cache").stat().st_mode & 0o077 == 0


def test_no_cache_keeps_nothing() -> None:
    cache = NoCache()
    cache.put("s", {"k": b"v"})
    assert cache.get("s", ["k"]) == {}


def test_a_closed_cache_is_no_cache(cache: FileCache) -> None:
    cache.close()
    cache.put("s", {"k": b"v"})
    assert cache.get("s", ["k"]) == {}


def test_the_folder_is_the_users(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("BARTIZAN_CACHE", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", "/caches")
    assert default_folder() == Path("/caches/bartizan")
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setenv("HOME", "/somebody")
    assert default_folder() == Path("/somebody/.cache/bartizan")
    monkeypatch.setenv("BARTIZAN_CACHE", "/mine")
    assert default_folder() == Path("/mine")


def test_the_file_is_its_owners_alone_in_whatever_folder(tmp_path: Path) -> None:
    """It remembers what charts make, and some of that is Secrets; another program may have made the folder."""
    folder = tmp_path / "shared"
    folder.mkdir(mode=0o755)
    (folder / "records.sqlite").touch(mode=0o644)
    cache = FileCache(folder)
    cache.put("s", {"k": b"one"})
    assert [file.stat().st_mode & 0o077 for file in folder.iterdir()] == [0] * len(list(folder.iterdir()))
    cache.close()
    assert reopened(folder) == {"k": b"one"}
