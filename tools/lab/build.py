"""Builds a program into the cache: every step of its recipe, then the proof that it runs; once is enough."""

import os
import shutil
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import IO

from tools.lab.cache import Cache
from tools.lab.errors import BuildFailedError, MissingToolError
from tools.lab.programs import Program
from tools.lab.recipes import Step

STEP_LIMIT = 2400.0
"""Seconds that one step may take; the longest known one takes four minutes on two cores."""

Say = Callable[[str], None]


def ensure(program: Program, cache: Cache, say: Say) -> None:
    """Make sure that the program is in the cache. The caller holds the cache's lock."""
    if cache.has(program):
        say(f"{program.name} {program.version}: already built")
        return
    require_tool(program)
    say(f"{program.name} {program.version}: building, see {cache.log(program)}")
    _build(program, cache)
    say(f"{program.name} {program.version}: built, {cache.executable(program)}")


def require_tool(program: Program) -> None:
    """Stop before anything is touched when the recipe's own tool is missing."""
    recipe = program.recipe
    if shutil.which(recipe.tool) is None:
        raise MissingToolError(
            f"{program.name} is built with `{recipe.tool}`, which was not found: {recipe.advice}"
        )


def _build(program: Program, cache: Cache) -> None:
    folder, log = cache.folder(program), cache.log(program)
    folder.mkdir(parents=True, exist_ok=True)
    log.parent.mkdir(parents=True, exist_ok=True)
    cache.mark_unbuilt(program)
    proof = Step((str(cache.executable(program)), *program.proof))
    with log.open("w", encoding="utf-8") as output:
        for step in (*program.recipe.steps(program.version, folder), proof):
            _run(step, output, log)
    cache.mark_built(program)


def _run(step: Step, output: IO[str], log: Path) -> None:
    """Run one step with its output in the log; on any failure leave no child behind."""
    for file, text in step.writes.items():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    print("$", *step.argv, file=output, flush=True)
    environment = {**os.environ, **step.environment}
    try:
        process = subprocess.Popen(
            step.argv,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # compilers start children of their own, which must end with it
        )
    except OSError as error:
        raise BuildFailedError(f"`{step.argv[0]}` could not be started: {error.strerror}; see {log}") from error
    try:
        status = process.wait(timeout=STEP_LIMIT)
    except subprocess.TimeoutExpired as error:
        _end_group(process)
        raise BuildFailedError(f"`{step.argv[0]}` took more than {STEP_LIMIT:.0f} s; see {log}") from error
    except BaseException:
        _end_group(process)
        raise
    if status != 0:
        raise BuildFailedError(f"`{step.argv[0]}` ended with status {status}; see {log}")


def _end_group(process: subprocess.Popen[bytes]) -> None:
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
