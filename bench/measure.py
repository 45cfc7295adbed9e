"""Runs one command as a child and says what it cost: wall time, processor time, peak memory."""

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

# Linux counts ru_maxrss in kilobytes, macOS in bytes.
_MAXRSS_UNIT = 1 if sys.platform == "darwin" else 1024


@dataclass(frozen=True)
class Run:
    """What one run of a command cost, and how it ended."""

    seconds: float
    cpu_seconds: float
    """User and system time of the child and of the children that it waited for."""
    peak_bytes: int
    """Resident memory of the largest of those processes, at its largest; not their sum."""
    status: int
    """Exit status; negative is the signal that ended it."""
    timed_out: bool
    stderr: str
    """The beginning of what it said on standard error."""

    @property
    def last_words(self) -> str:
        """The last line on standard error that says something, for a reader who asks why."""
        lines = [line.strip() for line in self.stderr.splitlines() if line.strip()]
        return lines[-1] if lines else ""


def run(argv: Sequence[str], scratch: Path, limit: float) -> Run:
    """Run ``argv`` for at most ``limit`` seconds, its output in files below ``scratch``.

    The child gets a session of its own, so that the limit ends its children too.
    Raises ``OSError`` when the command cannot be started.
    """
    expired = threading.Event()
    said = scratch / "stderr"
    with (scratch / "stdout").open("wb") as stdout, said.open("wb") as stderr:
        start = time.perf_counter()
        process = subprocess.Popen(
            argv,
            stdin=subprocess.DEVNULL,
            stdout=stdout,
            stderr=stderr,
            start_new_session=True,
            env={**os.environ, "NO_COLOR": "1"},
        )
        timer = threading.Timer(limit, _expire, (process.pid, expired))
        timer.start()
        try:
            # Not process.wait(): only wait4 tells the cost of this one child.
            _, code, usage = os.wait4(process.pid, 0)
        except BaseException:
            _end_group(process.pid)
            raise
        finally:
            timer.cancel()
        seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(code)  # reaped above; Popen must not look for it again
    return Run(
        seconds=seconds,
        cpu_seconds=usage.ru_utime + usage.ru_stime,
        peak_bytes=usage.ru_maxrss * _MAXRSS_UNIT,
        status=process.returncode,
        timed_out=expired.is_set(),
        stderr=_beginning(said),
    )


def _expire(group: int, expired: threading.Event) -> None:
    expired.set()
    _end_group(group)


def _end_group(group: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(group, signal.SIGKILL)


def _beginning(file: Path) -> str:
    with file.open("rb") as stream:
        return stream.read(20_000).decode("utf-8", errors="replace")
