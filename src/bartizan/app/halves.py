"""Work that two processors share: the second half is done by a copy of this process, which ends with it.

A copy (`fork`) has everything that was read already, so nothing is sent there; what comes back is a value that
msgspec writes. Where the system cannot copy a process, or the copy fails, all of it is done here.
"""

import os
import sys
from collections.abc import Callable, Sequence
from threading import active_count
from typing import TypeVar

import msgspec

Item = TypeVar("Item")
Done = TypeVar("Done")

_FEWEST = 1000
"""Fewer items are done sooner than a process is copied."""
_CHUNK = 1 << 20


def in_halves(
    work: Callable[[Sequence[Item]], Done], first: Sequence[Item], rest: Sequence[Item], kind: type[Done]
) -> list[Done]:
    """What `work` makes of all items: of some of them here, and of the others in a copy of this process.

    Args:
        work: Makes a value of some items. What it leaves behind beside that value is lost in the copy.
        first: Items that have to be done together, and here.
        rest: Items that may be done anywhere.
        kind: The type of the value, so that it can be read.
    """
    if not _can_copy() or len(first) + len(rest) < _FEWEST:
        return [work([*first, *rest])]
    middle = max(0, (len(rest) - len(first)) // 2)
    here, there = [*first, *rest[:middle]], rest[middle:]
    copy = _Copy(lambda: msgspec.msgpack.encode(work(there)))
    try:
        done = work(here)
    finally:
        answer = copy.answer()
    return [done, work(there) if answer is None else msgspec.msgpack.decode(answer, type=kind)]


def _can_copy() -> bool:
    """Not on macOS, whose libraries may not be used after a fork, nor with threads, whose locks would stay shut."""
    return sys.platform == "linux" and active_count() == 1 and len(os.sched_getaffinity(0)) > 1


class _Copy:
    """A copy of this process that writes one answer into a pipe."""

    def __init__(self, work: Callable[[], bytes]) -> None:
        self._pipe, end = os.pipe()
        self._child = os.fork()
        if self._child == 0:
            self._be_the_copy(work, end)
        os.close(end)

    def _be_the_copy(self, work: Callable[[], bytes], end: int) -> None:
        status = 1
        try:
            os.close(self._pipe)
            with os.fdopen(end, "wb") as pipe:
                pipe.write(work())
            status = 0
        finally:
            os._exit(status)  # whatever it was: nothing of this process is cleaned up or written twice

    def answer(self) -> bytes | None:
        """All that it wrote, or None where it failed. It is waited for in any case."""
        parts = []
        while part := os.read(self._pipe, _CHUNK):
            parts.append(part)
        os.close(self._pipe)
        _, status = os.waitpid(self._child, 0)
        return b"".join(parts) if status == 0 else None
