"""Where built programs live, and how we know that one is there.

Layout below the cache's root::

    lock                          held while a run builds
    log/NAME.log                  what the last build of NAME said
    programs/NAME-VERSION/bin/    the program
    programs/NAME-VERSION/stamp   written last: the build went through and the program ran
"""

import fcntl
import json
import os
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tools.lab.errors import CacheBusyError
from tools.lab.programs import Program

LOCK_PATIENCE = 3600.0
"""Seconds that a run waits for another one; a cold build of every peer takes some minutes."""


def default_root(environment: Mapping[str, str]) -> Path:
    """``$BARTIZAN_LAB``, else a folder below the user's cache; an empty variable counts as unset."""
    if chosen := environment.get("BARTIZAN_LAB"):
        return Path(chosen).expanduser().absolute()
    cache = environment.get("XDG_CACHE_HOME") or "~/.cache"
    return Path(cache).expanduser().absolute() / "bartizan" / "lab"


@dataclass(frozen=True)
class Cache:
    """The folder that holds everything the lab has built."""

    root: Path

    def folder(self, program: Program) -> Path:
        """Where this version of the program lives, built or not."""
        return self.root / "programs" / f"{program.name}-{program.version}"

    def executable(self, program: Program) -> Path:
        """The file to run."""
        return self.folder(program) / "bin" / program.name

    def log(self, program: Program) -> Path:
        """Where the output of the program's build goes."""
        return self.root / "log" / f"{program.name}.log"

    def has(self, program: Program) -> bool:
        """Whether exactly this version, made by exactly this recipe, was built to the end."""
        try:
            stamp = self._stamp(program).read_text(encoding="utf-8")
        except FileNotFoundError:
            return False
        return stamp == _stamp_text(program) and self.executable(program).exists()

    def mark_built(self, program: Program) -> None:
        """Write the stamp. Replaced in one move, so that a reader never sees half of it."""
        draft = self._stamp(program).with_suffix(".new")
        draft.write_text(_stamp_text(program), encoding="utf-8")
        draft.replace(self._stamp(program))

    def mark_unbuilt(self, program: Program) -> None:
        """Take the stamp away before a build, so that one that dies half-way leaves no claim behind."""
        self._stamp(program).unlink(missing_ok=True)

    @contextmanager
    def locked(self, patience: float, on_wait: Callable[[], None]) -> Iterator[None]:
        """Hold the cache against other runs; call ``on_wait`` once when another run has it.

        The kernel drops the lock when its holder dies, so there is no stale lock to clean up.
        """
        self.root.mkdir(parents=True, exist_ok=True)
        with (self.root / "lock").open("w", encoding="utf-8") as file:
            _acquire(file.fileno(), patience, on_wait)
            yield

    def _stamp(self, program: Program) -> Path:
        return self.folder(program) / "stamp"


def _stamp_text(program: Program) -> str:
    """The recipe is part of it: with new build flags the program is another one."""
    stamp = {"name": program.name, "version": program.version, "recipe": repr(program.recipe)}
    return json.dumps(stamp, indent=2) + "\n"


def _acquire(descriptor: int, patience: float, on_wait: Callable[[], None]) -> None:
    deadline = time.monotonic() + patience
    waiting = False
    while not _try_lock(descriptor):
        if not waiting:
            on_wait()
            waiting = True
        if time.monotonic() >= deadline:
            raise CacheBusyError(
                f"another run has held the lab's cache for more than {patience:.0f} s; try again later"
            )
        time.sleep(min(0.5, patience))


def _try_lock(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def from_environment() -> Cache:
    """The cache that this process's environment names."""
    return Cache(default_root(os.environ))
