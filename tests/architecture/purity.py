"""The guard that proves at run time that the core reads no file, socket, process, clock or random number.

It watches during every test, and asks of each such event *who is behind it*: it walks the stack outwards from
the event to the nearest frame of `bartizan`. Is that frame in the core, the test fails on the spot, whatever
`except Exception` stands in between. A test that reads a golden file, pytest, Hypothesis and the doors of
Bartizan have no core frame between themselves and the event, so nothing has to be armed or excused for them.

**Allowed:** importing. The import system stands between the core and the files that it reads, and which
modules are loaded late (rich, say) is a matter of start-up time, not of what the core knows.

**How each is seen.** Files, sockets and processes raise audit events (`sys.addaudithook`; a hook cannot be
taken out again, so there is one for the whole run). Clocks and random numbers raise none: the functions of
`time` and `random`, and `os.urandom`, are replaced by ones that look at the stack first. `datetime.now`
belongs to a type in C that cannot be replaced without breaking every `isinstance`:
`tests/architecture/test_pure_core.py` forbids it by reading the source, and watches every call of a C
function in one whole run.
"""

import functools
import os
import random
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

import pytest

CORE = (
    "bartizan.model",
    "bartizan.documents",
    "bartizan.access",
    "bartizan.secrets",
    "bartizan.checks",
    "bartizan.lookups",
    "bartizan.exceptions",
    "bartizan.evaluate",
    "bartizan.changes",
    "bartizan.reports",
)
"""The packages and modules that only turn values into values."""

_IMPORTING = ("importlib.", "_frozen_importlib", "zipimport")
_MEASURING = ("coverage.", "hypothesis.")
"""A coverage tracer, and Hypothesis' callback of the garbage collector, run on top of any frame at all."""

_FAMILIES = frozenset(
    {
        "builtins",
        "ctypes",
        "fcntl",
        "glob",
        "http",
        "mmap",
        "open",
        "os",
        "pathlib",
        "pty",
        "shutil",
        "signal",
        "socket",
        "sqlite3",
        "subprocess",
        "syslog",
        "tempfile",
        "urllib",
    }
)
"""Audit events, by what stands before the first dot."""
_HARMLESS = frozenset({"builtins.id", "open_code"})

CLOCKS: dict[Any, str] = {
    time: "time time_ns monotonic monotonic_ns perf_counter perf_counter_ns process_time process_time_ns "
    "thread_time localtime gmtime ctime strftime sleep",
    random: "random randint randrange randbytes getrandbits choice choices sample shuffle uniform gauss seed",
    os: "urandom getrandom getpid cpu_count",
}
"""Functions that answer otherwise each time and raise no audit event."""


def is_core(module: str) -> bool:
    """Whether a module belongs to the core."""
    return any(module == name or module.startswith(name + ".") for name in CORE)


def culprit(frame: FrameType | None) -> str | None:
    """The core function behind an event whose innermost frame is given; None where it is nobody's fault."""
    while frame is not None:
        module = frame.f_globals.get("__name__") or ""
        if module.startswith(_IMPORTING) or module.startswith(_MEASURING):
            return None
        if module == "bartizan" or module.startswith("bartizan."):
            return f"{module}.{frame.f_code.co_qualname}" if is_core(module) else None
        frame = frame.f_back
    return None


def refuse(what: str, frame: FrameType | None) -> None:
    """Fail the test where the core is behind `what`."""
    name = culprit(frame)
    if name is not None:
        # Not an Exception, so that no check's or bench's `except Exception` turns it into a verdict.
        raise pytest.fail.Exception(
            f"the core must be pure, but {name} {what}: read it in sources/ or app/ and hand the value in",
            pytrace=True,
        )


class _Guard:
    """Installed at most once in a process; hooks stay, so they ask whether it is on."""

    def __init__(self) -> None:
        self.on = False
        self.hooked = False
        self.originals: list[tuple[Any, str, Any]] = []

    def hook(self, event: str, args: tuple[Any, ...]) -> None:
        """The audit hook: cheap for everything that is not looked at."""
        if self.on and event.partition(".")[0] in _FAMILIES and event not in _HARMLESS:
            subject = f" {args[0]!r}" if args and isinstance(args[0], str | bytes) else ""
            refuse(f"caused `{event}`{subject}", sys._getframe(1))

    def switch_on(self) -> None:
        """Watch from now on."""
        if not self.hooked:
            sys.addaudithook(self.hook)
            self.hooked = True
        for module, names in CLOCKS.items():
            for name in names.split():
                original = getattr(module, name, None)
                if original is not None:
                    self.originals.append((module, name, original))
                    setattr(module, name, _watched(f"{module.__name__}.{name}", original))
        self.on = True

    def switch_off(self) -> None:
        """As if it had never been there."""
        self.on = False
        while self.originals:
            setattr(*self.originals.pop())


def _watched(name: str, original: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(original)
    def watched(*args: Any, **kwargs: Any) -> Any:
        refuse(f"asked `{name}`", sys._getframe(1))
        return original(*args, **kwargs)

    return watched


GUARD = _Guard()


@contextmanager
def calls_of_clocks() -> Iterator[list[str]]:
    """Every C function of a clock or of chance that the core calls meanwhile, by the core function that did.

    This sees `datetime.now` too. It slows everything down several times: for one test, not for all.
    """
    seen: list[str] = []

    def profile(frame: FrameType, event: str, function: Any) -> None:
        if event == "c_call" and _tells_time(function):
            name = culprit(frame)
            if name is not None:
                seen.append(f"{name} called {function.__qualname__}")

    sys.setprofile(profile)
    try:
        yield seen
    finally:
        sys.setprofile(None)


def _tells_time(function: Any) -> bool:
    name = getattr(function, "__name__", "")
    owner = getattr(function, "__self__", None)
    if name in ("now", "today", "utcnow"):
        return isinstance(owner, type) and owner.__module__ == "datetime"
    return getattr(function, "__module__", None) in ("time", "_random") or name in ("urandom", "getrandom")
