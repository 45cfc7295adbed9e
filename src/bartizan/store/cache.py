"""A cache of derived records in the user's cache folder: lost at any time without harm, never trusted for truth.

One SQLite file; keys hold the digest of everything a record depends on, so a record is never stale.
"""

import os
import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Protocol
from zlib import crc32

_SCHEMA = (
    "CREATE TABLE IF NOT EXISTS record (space TEXT, key TEXT, data BLOB, PRIMARY KEY (space, key)) WITHOUT ROWID"
)
_FILE = "records.sqlite"
_MOST_BYTES = 1 << 29
_AT_ONCE = 500
"""Keys in one question; every SQLite takes as many."""
_SUM = 4
"""Bytes of the checksum before each record: the file is written without waiting for the disk."""


class Cache(Protocol):
    """Records by key, in spaces."""

    def get(self, space: str, keys: Iterable[str]) -> dict[str, bytes]:
        """The records that there are."""

    def put(self, space: str, records: Mapping[str, bytes]) -> None:
        """Keep some records."""


class NoCache:
    """Keeps nothing."""

    def get(self, space: str, keys: Iterable[str]) -> dict[str, bytes]:  # noqa: ARG002 - the interface
        """Nothing."""
        return {}

    def put(self, space: str, records: Mapping[str, bytes]) -> None:
        """Forgets."""


class FileCache:
    """Records in one SQLite file. A cache that cannot be opened or written is no cache, never an error."""

    def __init__(self, folder: Path) -> None:
        """Use (and make, readable by its owner alone) the folder; a file that is no cache is replaced."""
        self._connection: sqlite3.Connection | None = None
        with suppress(OSError, sqlite3.Error):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            _own(folder / _FILE)
            try:
                self._connection = _opened(folder / _FILE)
            except sqlite3.OperationalError:
                return
            except sqlite3.DatabaseError:
                (folder / _FILE).unlink()
                _own(folder / _FILE)
                self._connection = _opened(folder / _FILE)

    def get(self, space: str, keys: Iterable[str]) -> dict[str, bytes]:
        """The records that there are."""
        wanted = sorted(set(keys))
        found: dict[str, bytes] = {}
        if self._connection is None:
            return found
        with suppress(sqlite3.Error):
            for start in range(0, len(wanted), _AT_ONCE):
                some = wanted[start : start + _AT_ONCE]
                query = f"SELECT key, data FROM record WHERE space = ? AND key IN ({','.join('?' * len(some))})"  # noqa: S608 - only `?`
                found.update(self._connection.execute(query, (space, *some)))
        return {key: data[_SUM:] for key, data in found.items() if _is_whole(data)}

    def put(self, space: str, records: Mapping[str, bytes]) -> None:
        """Keep some records; a full cache starts anew."""
        if self._connection is None or not records:
            return
        with suppress(sqlite3.Error), self._connection:
            if self._size() > _MOST_BYTES:
                self._connection.execute("DELETE FROM record")
            self._connection.executemany(
                "INSERT OR REPLACE INTO record VALUES (?, ?, ?)",
                ((space, key, crc32(data).to_bytes(_SUM) + data) for key, data in sorted(records.items())),
            )

    def close(self) -> None:
        """Keep nothing from now on."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def __del__(self) -> None:
        with suppress(sqlite3.Error):
            self.close()

    def _size(self) -> int:
        """Bytes in use: cheap to ask, unlike the number of records."""
        pragmas = ("page_count", "freelist_count", "page_size")
        pages, free, size = (self._connection.execute(f"PRAGMA {name}").fetchone()[0] for name in pragmas)  # type: ignore[union-attr] # open
        return int(pages - free) * int(size)


def _own(file: Path) -> None:
    """Make the file readable by its owner alone, wherever it stands: what it remembers may hold rendered Secrets.

    SQLite gives the files that it makes beside it the same rights.
    """
    descriptor = os.open(file, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
    try:
        os.fchmod(descriptor, 0o600)
    finally:
        os.close(descriptor)


def _opened(file: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(file, timeout=2)
    try:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=OFF")
        connection.execute(_SCHEMA)
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _is_whole(data: object) -> bool:
    return isinstance(data, bytes) and crc32(data[_SUM:]).to_bytes(_SUM) == data[:_SUM]


def default_folder() -> Path:
    """`$BARTIZAN_CACHE`, else `bartizan` in the user's cache folder."""
    named = os.environ.get("BARTIZAN_CACHE")
    if named:
        return Path(named)
    home = os.environ.get("XDG_CACHE_HOME")
    return (Path(home) if home else Path.home() / ".cache") / "bartizan"
