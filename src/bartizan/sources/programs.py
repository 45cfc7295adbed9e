"""The programs that render: of an extra, or on PATH. What the scanned tree holds is never one of them."""

import os
import sys
from pathlib import Path
from sysconfig import get_path, get_preferred_scheme

_LIBRARIES = ("helm_python/lib/libhelm_c.so", "helm_python/lib/libhelm_c.dylib")


def library() -> Path | None:
    """The Helm library of the extra `helm`, among the packages of this Python; none is imported.

    Only where packages are installed: the working folder, which Python may search as well, belongs to the tree.
    """
    for place in sorted({get_path("purelib"), get_path("platlib"), *_of_the_user()}):
        for name in _LIBRARIES:
            path = Path(place, name)
            if path.is_file():
                return path
    return None


def _of_the_user() -> list[str]:
    return [get_path("purelib", get_preferred_scheme("user"))] if sys.prefix == sys.base_prefix else []


def beside_python(name: str) -> Path | None:
    """A program that an extra has put beside this Python."""
    path = Path(sys.prefix, "bin", name)
    return path if _runs(path) else None


def on_path(name: str) -> Path | None:
    """A program in a folder that PATH names in full: `.` would be the tree's own choice."""
    for folder in os.environ.get("PATH", "").split(os.pathsep):
        path = Path(folder, name)
        if path.is_absolute() and _runs(path):
            return path.resolve()
    return None


def _runs(path: Path) -> bool:
    return path.is_file() and os.access(path, os.X_OK)


def version_of(path: Path) -> str:
    """What changes when the program does, without running it."""
    status = path.stat()
    return f"{path} {status.st_size} {status.st_mtime_ns}"
