"""What may happen to standard output while it is written: its reader leaves, or its disk is full."""

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from bartizan.app.errors import UsageError

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO})


class ReaderLeft(Exception):  # noqa: N818 - whoever reads the output may do so
    """Nobody reads standard output any more."""


@contextmanager
def reader_may_leave() -> Iterator[None]:
    """Turns a broken pipe into `ReaderLeft`, and a full disk into a UsageError."""
    try:
        yield
    except BrokenPipeError:
        silence()
        raise ReaderLeft from None
    except OSError as error:
        if error.filename is not None or error.errno not in _FULL:
            raise
        silence()
        raise UsageError(f"standard output cannot be written ({error.strerror})") from error


def silence() -> None:
    """Let nothing more be written: the interpreter would try once more at its end, and complain."""
    with suppress(OSError, AttributeError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
