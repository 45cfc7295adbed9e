"""A progress line for somebody who waits at a terminal, and for nobody else."""

import os
import pty
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryFile

import pytest

from tests.cli.terminal import GOOD, shell, write

IMPATIENT = """
import sys
from bartizan.cli import progress
progress._PATIENCE_SECONDS = {patience}
from bartizan.cli.main import run
sys.exit(run(sys.argv[1:]))
"""


def at_a_terminal(folder: Path, *arguments: str, patience: float = 0) -> tuple[int, bytes, bytes]:
    """Exit status, standard output (a file) and what a terminal on standard error shows."""
    ours, theirs = pty.openpty()
    with (
        TemporaryFile() as out,
        subprocess.Popen(
            [sys.executable, "-P", "-c", IMPATIENT.format(patience=patience), *arguments],
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=theirs,
        ) as process,
    ):
        os.close(theirs)
        shown = bytearray()
        while data := _read(ours):
            shown += data
        status = process.wait(30)
        os.close(ours)
        out.seek(0)
        return status, out.read(), bytes(shown)


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 4096)
    except OSError:  # Linux says so when the other side has closed
        return b""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """More files than one step of the progress line."""
    return write(tmp_path, {f"{number}.yaml": GOOD.replace("good", f"good-{number}") for number in range(120)})


def test_a_slow_scan_shows_where_it_is_and_wipes_it(folder: Path) -> None:
    status, out, shown = at_a_terminal(folder, "scan", ".", "-o", "json")
    assert status == 1
    assert b"reading" in shown
    assert b"judging" in shown
    assert shown.endswith(b"\r\x1b[K")
    assert b"reading" not in out


def test_a_quick_scan_shows_nothing(folder: Path) -> None:
    assert at_a_terminal(folder, "scan", ".", patience=60)[2] == b""


def test_quiet_shows_nothing(folder: Path) -> None:
    assert at_a_terminal(folder, "scan", "-q", ".")[2] == b""


def test_a_pipe_gets_nothing(folder: Path) -> None:
    assert shell(folder, "$BARTIZAN scan . > out").err == ""
