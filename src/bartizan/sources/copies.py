"""Copies for a renderer: the only files that it can reach by a name of the tree."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from bartizan.sources.files import InputError


@contextmanager
def scratch(purpose: str) -> Iterator[Path]:
    """A private folder that is gone afterwards. Raises InputError where there is no place for one."""
    try:
        folder = TemporaryDirectory(prefix=f"bartizan-{purpose}-", ignore_cleanup_errors=True)
    except OSError as error:
        raise InputError(f"there is no place for a temporary folder ({error.strerror})") from error
    with folder as name:
        yield Path(name)


def write(files: Mapping[str, bytes], place: Path) -> None:
    """The files in a folder of their own. Raises InputError where a name is none for a file there."""
    for name, data in files.items():
        target = place / name
        if ".." in target.parts or not target.is_relative_to(place):
            raise InputError(f"`{name}` is no name for a file")
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
        except (OSError, ValueError) as error:
            raise InputError(f"`{name}` cannot be copied: {error}") from error
