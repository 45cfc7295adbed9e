"""A child process with a time limit."""

import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).parents[2]
LAST_LINES = 3


def run(module: str, arguments: Sequence[str | Path], log: Path, seconds: float) -> str:
    """Run a module of this tree in a process of its own. Tells what went wrong, or nothing."""
    command = [sys.executable, "-m", module, *map(str, arguments)]
    with log.open("wb") as stream:
        child = subprocess.Popen(
            command,
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=stream,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            status = child.wait(seconds)
        except subprocess.TimeoutExpired:
            _kill(child)
            return f"stopped after {seconds:g} seconds"
        except BaseException:
            _kill(child)
            raise
    return f"exit status {status}: {_end(log)}" if status else ""


def _kill(child: subprocess.Popen[bytes]) -> None:
    """End the child with everything that it started."""
    with suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()


def _end(log: Path) -> str:
    lines = log.read_text(encoding="utf-8", errors="replace").split("\n")
    return " / ".join([line.strip() for line in lines if line.strip()][-LAST_LINES:]) or "it said nothing"
