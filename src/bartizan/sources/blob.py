"""A file's bytes and name, wherever they were read: from a folder, a git tree or standard input."""

import os
import stat
from pathlib import Path

import msgspec

MANIFEST_SUFFIXES = (".yaml", ".yml", ".json")
MAX_BYTES = 32 * 1024 * 1024
"""A larger file is not read: 16 times the largest object that etcd takes by default, for a whole bundle."""


class Blob(msgspec.Struct, frozen=True):
    """One file."""

    file: str
    """Relative to the scanned root, `/`-separated; `-` is standard input."""
    data: bytes


class UnreadableError(Exception):
    """A file that cannot be read: the code of its Unknown, and a sentence."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def is_manifest(name: str) -> bool:
    """Whether a file of this name is read when a folder is scanned."""
    return name.lower().endswith(MANIFEST_SUFFIXES)


def regular_bytes(path: Path, *, follow: bool = True) -> bytes:
    """The content of a regular file that is not too large. No device, pipe or endless file is waited for.

    Args:
        follow: Whether a symbolic link stands for what it leads to, or is no regular file.

    Raises:
        UnreadableError: there is a file, and it cannot be read.
        FileNotFoundError: there is none.
    """
    try:
        status = path.stat(follow_symlinks=follow)
        if not stat.S_ISREG(status.st_mode):
            raise UnreadableError("unreadable-file", "it is no regular file and was not opened")
        if status.st_size > MAX_BYTES:
            raise too_large(status.st_size)
        data = _read(path, status.st_size)
    except FileNotFoundError:
        raise
    except OSError as error:
        raise UnreadableError("unreadable-file", f"it cannot be read ({error.strerror})") from error
    if len(data) > MAX_BYTES:
        raise too_large(len(data))
    return data


def _read(path: Path, size: int) -> bytes:
    """All of the file, up to a byte more than the limit; it may have grown, and in `/proc` none has a size."""
    # Not blocking: it may have become a pipe since it was looked at.
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
    try:
        data = os.read(descriptor, size + 1)
        if len(data) == size:
            return data
        parts = [data]
        while parts[-1] and sum(map(len, parts)) <= MAX_BYTES:
            parts.append(os.read(descriptor, 1024**2))
        return b"".join(parts)
    finally:
        os.close(descriptor)


def too_large(size: int) -> UnreadableError:
    """Why a file of so many bytes is not read."""
    size_text, most = f"{-(-size // 1024**2)} MiB", f"{MAX_BYTES // 1024**2} MiB"
    return UnreadableError("too-large", f"{size_text}, more than {most}: split or exclude it")
