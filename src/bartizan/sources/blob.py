"""A file's bytes and name, wherever they were read: from a folder, a git tree or standard input."""

import msgspec

MANIFEST_SUFFIXES = (".yaml", ".yml", ".json")
MAX_BYTES = 32 * 1024 * 1024
"""A larger file is not read: 16 times the largest object that etcd takes by default, for a whole bundle."""


class Blob(msgspec.Struct, frozen=True):
    """One file."""

    file: str
    """Relative to the scanned root, `/`-separated; `-` is standard input."""
    data: bytes


def is_manifest(name: str) -> bool:
    """Whether a file of this name is read when a folder is scanned."""
    return name.lower().endswith(MANIFEST_SUFFIXES)
