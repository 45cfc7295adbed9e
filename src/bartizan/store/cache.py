"""A cache of derived records in the user's cache folder: lost at any time without harm, never trusted for truth.

One SQLite file; keys hold the digest of everything a record depends on, so a record is never stale.
"""

import os
import sqlite3
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Protocol

_SCHEMA = (
    "CREATE TABLE IF NOT EXISTS record (space TEXT, key TEXT, data BLOB, PRIMARY KEY (space, key)) WITHOUT ROWID"
)
_MOST_RECORDS = 400_000
_FEW = 500


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
        """Use (and make, readable by its owner alone) the folder."""
        self._connection: sqlite3.Connection | None = None
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._connection = sqlite3.connect(folder / "records.sqlite", timeout=2)
            self._connection.execute("PRAGMA journal_mode=WAL")
            self._connection.execute("PRAGMA synchronous=OFF")
            self._connection.execute(_SCHEMA)
        except (OSError, sqlite3.Error):
            self._connection = None

    def get(self, space: str, keys: Iterable[str]) -> dict[str, bytes]:
        """The records that there are."""
        wanted = set(keys)
        if self._connection is None or not wanted:
            return {}
        try:
            if len(wanted) <= _FEW:
                marks = ",".join("?" * len(wanted))
                query = f"SELECT key, data FROM record WHERE space = ? AND key IN ({marks})"  # noqa: S608 - only `?`
                return dict(self._connection.execute(query, (space, *sorted(wanted))))
            rows = self._connection.execute("SELECT key, data FROM record WHERE space = ?", (space,))
            return {key: data for key, data in rows if key in wanted}
        except sqlite3.Error:
            return {}

    def put(self, space: str, records: Mapping[str, bytes]) -> None:
        """Keep some records; a full cache starts anew."""
        if self._connection is None or not records:
            return
        try:
            with self._connection:
                (count,) = self._connection.execute("SELECT count(*) FROM record").fetchone()
                if count > _MOST_RECORDS:
                    self._connection.execute("DELETE FROM record")
                self._connection.executemany(
                    "INSERT OR REPLACE INTO record VALUES (?, ?, ?)",
                    ((space, key, data) for key, data in sorted(records.items())),
                )
        except sqlite3.Error:
            return


def default_folder() -> Path:
    """`$BARTIZAN_CACHE`, else `bartizan` in the user's cache folder."""
    named = os.environ.get("BARTIZAN_CACHE")
    if named:
        return Path(named)
    home = os.environ.get("XDG_CACHE_HOME")
    return (Path(home) if home else Path.home() / ".cache") / "bartizan"
