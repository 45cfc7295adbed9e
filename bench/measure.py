"""Runs one command as a child and says what it cost: wall time, processor time, peak memory."""

import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

STOPWATCH = Path(__file__).with_name("stopwatch.py")

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


def run(argv: Sequence[str], folder: Path, limit: float) -> Run:
    """Run ``argv`` for at most ``limit`` seconds, its output in files below ``folder``.

    A command that cannot be started ends with status 127 and says so, as in a shell.
    """
    figures, stderr = folder / "figures", folder / "stderr"
    files = [str(figures), str(limit), str(folder / "stdout"), str(stderr)]
    # Isolated and without site-packages: what the stopwatch holds would count as the command's memory.
    stopwatch = [sys.executable, "-I", "-S", str(STOPWATCH), *files, *argv]
    subprocess.run(stopwatch, check=True, env={**os.environ, "NO_COLOR": "1"})
    seconds, cpu, peak, status, expired = figures.read_text(encoding="ascii").split()
    return Run(
        seconds=float(seconds),
        cpu_seconds=float(cpu),
        peak_bytes=int(peak) * _MAXRSS_UNIT,
        status=os.waitstatus_to_exitcode(int(status)),
        timed_out=expired == "1",
        stderr=_beginning(stderr),
    )


def _beginning(file: Path) -> str:
    with file.open("rb") as stream:
        return stream.read(20_000).decode("utf-8", errors="replace")
