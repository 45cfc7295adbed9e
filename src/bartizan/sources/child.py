"""Confined child processes: a time to live, a bound on what is read of them, nothing of our environment."""

import json
import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

import msgspec

_SCRIPT = Path(__file__).with_name("confined.py")
_MOST_ERRORS = 64 * 1024
_PIECE = 1 << 16
_CLOSED_PORT = "http://127.0.0.1:9"
_WITHOUT_NETWORK = dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"), _CLOSED_PORT)
"""Where the kernel can not take the network away, at least what asks a proxy finds none."""


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """What one child may use."""

    seconds: float = 30
    """For one answer."""
    cpu: int = 600
    """Seconds of processors, for its whole life."""
    memory: int = 2 << 30
    """Bytes of addresses: a program of Go reserves more than it uses."""
    output: int = 64 << 20
    """Bytes of one answer."""
    file: int = 1 << 20
    """Bytes of one file that it writes."""
    files: int = 256
    """Open at once."""


class Ended(msgspec.Struct, frozen=True):
    """What a child told, and why it did not end well; nothing where it did."""

    output: bytes
    errors: bytes = b""
    problem: str = ""


class Child:
    """One confined process in a folder of its own, the leader of its own group."""

    def __init__(
        self, argv: Sequence[str], folder: Path, limits: Limits, more: Mapping[str, str] | None = None
    ) -> None:
        """Start it. Raises OSError where it cannot be started."""
        self.limits = limits
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-S", str(_SCRIPT), _as_text(limits), *argv],
            cwd=folder,
            env=_environment(folder, more or {}),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
        self._selector = selectors.DefaultSelector()
        for pipe in (self._process.stdout, self._process.stderr):
            assert pipe is not None  # noqa: S101 - both were asked for
            os.set_blocking(pipe.fileno(), False)
            self._selector.register(pipe, selectors.EVENT_READ)

    def ask(self, question: bytes) -> Ended:
        """One line in, one line out."""
        pipe = self._process.stdin
        assert pipe is not None  # noqa: S101 - it was asked for
        # A question is shorter than what the child reads before it starts to work, or the child is dead.
        with suppress(BrokenPipeError):
            pipe.write(question + b"\n")
            pipe.flush()
        ended = self._read(until_line=True)
        return ended if ended.problem or ended.output.endswith(b"\n") else self._died(ended)

    def finish(self) -> Ended:
        """All that it tells until it ends."""
        pipe = self._process.stdin
        assert pipe is not None  # noqa: S101 - as above
        pipe.close()
        ended = self._read(until_line=False)
        if ended.problem:
            return ended
        return ended if self._status() == 0 else self._died(ended)

    def _read(self, *, until_line: bool) -> Ended:
        end = time.monotonic() + self.limits.seconds
        parts: dict[object, bytearray] = {self._process.stdout: bytearray(), self._process.stderr: bytearray()}
        output, errors = parts[self._process.stdout], parts[self._process.stderr]
        while self._selector.get_map():
            if until_line and output.endswith(b"\n"):
                break
            ready = self._selector.select(max(0, end - time.monotonic()))
            if not ready:
                return Ended(b"", bytes(errors), f"it took more than {self.limits.seconds:g} seconds")
            for key, _ in ready:
                data = os.read(key.fd, _PIECE)
                if not data:
                    self._selector.unregister(key.fileobj)
                parts[key.fileobj].extend(data)
            del errors[_MOST_ERRORS:]
            if len(output) > self.limits.output:
                return Ended(b"", bytes(errors), f"it made more than {self.limits.output >> 20} MiB")
        return Ended(bytes(output), bytes(errors))

    def _died(self, ended: Ended) -> Ended:
        """Why it ended by itself. What the kernel stopped has a negative status, and what ran out of memory says so."""
        status = self._status()
        memory = b"out of memory" in ended.errors or b"MemoryError" in ended.errors
        if memory or b"cannot allocate memory" in ended.errors:
            problem = f"it needed more than {self.limits.memory >> 20} MiB of memory"
        elif status == -signal.SIGXCPU:
            problem = f"it took more than {self.limits.cpu} seconds of a processor"
        else:
            problem = f"it ended with status {status}"
        return Ended(b"", ended.errors, problem)

    def _status(self) -> int:
        """How it ended, with an end put to whatever it left behind."""
        if self._process.returncode is not None:
            return self._process.returncode
        try:
            # It has closed what we read, so it should be gone at once.
            end = time.monotonic() + self.limits.seconds
            while time.monotonic() < end and self._is_alive():
                time.sleep(0.002)
        finally:
            self._end_group()
        return self._process.wait()

    def _is_alive(self) -> bool:
        if not hasattr(os, "waitid"):  # macOS, before Python 3.13
            return self._process.poll() is None
        return os.waitid(os.P_PID, self._process.pid, os.WEXITED | os.WNOWAIT | os.WNOHANG) is None

    def _end_group(self) -> None:
        # Its leader was not waited for yet: nobody else can have the number.
        if self._process.returncode is None:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, signal.SIGKILL)

    def stop(self) -> None:
        """End it with everything that it started."""
        self._end_group()
        self._process.wait()
        self._selector.close()
        for pipe in (self._process.stdin, self._process.stdout, self._process.stderr):
            if pipe is not None:
                with suppress(BrokenPipeError):
                    pipe.close()


def run(argv: Sequence[str], folder: Path, limits: Limits, more: Mapping[str, str] | None = None) -> Ended:
    """What a confined program tells until it ends."""
    try:
        child = Child(argv, folder, limits, more)
    except OSError as error:
        return Ended(b"", problem=not_started(error))
    try:
        return child.finish()
    finally:
        child.stop()


def not_started(error: OSError) -> str:
    """Why there is no child: no memory, too many processes."""
    return f"it cannot be started ({error.strerror})"


def _as_text(limits: Limits) -> str:
    return json.dumps(
        {"cpu": limits.cpu, "memory": limits.memory, "file": limits.file, "files": limits.files}, sort_keys=True
    )


def _environment(folder: Path, more: Mapping[str, str]) -> dict[str, str]:
    """Nothing of ours: no credentials, no configuration of clusters or registries, no program to be found."""
    return {"HOME": str(folder), "TMPDIR": str(folder), "PATH": "", "LC_ALL": "C", **_WITHOUT_NETWORK, **more}
