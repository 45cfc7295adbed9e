"""A process as small as can be that runs one command and says what it cost; ``measure.py`` starts it.

The kernel counts what a child's parent held at the moment of its start into the child's peak memory.
So the parent of what we measure must be small: this one imports next to nothing and is started each time.

Arguments: the file for the figures, the limit in seconds, the files for standard output and error, the
command.
The figures are one line: seconds, processor seconds, ``ru_maxrss``, the wait status, 1 if the limit was
reached.
"""

import os
import signal
import sys
import time
from contextlib import suppress

CANNOT_START = 127


def main(figures: str, limit: str, stdout: str, stderr: str, *command: str) -> None:
    """Run the command in a session of its own, so that the limit ends its children too."""
    start = time.perf_counter()
    child = os.fork()
    if child == 0:
        _become(stdout, stderr, command)
    expired = False

    def expire(*_: object) -> None:
        nonlocal expired
        expired = True
        _end_group(child)

    signal.signal(signal.SIGALRM, expire)
    signal.setitimer(signal.ITIMER_REAL, float(limit))
    try:
        # Only wait4 tells the cost of this one child and of those that it waited for itself.
        _, status, usage = os.wait4(child, 0)
    except BaseException:
        _end_group(child)
        raise
    seconds = time.perf_counter() - start
    with open(figures, "w", encoding="ascii") as file:  # noqa: PTH123  # pathlib is not small
        cpu = usage.ru_utime + usage.ru_stime
        print(seconds, cpu, usage.ru_maxrss, status, int(expired), file=file)


def _become(stdout: str, stderr: str, command: tuple[str, ...]) -> None:
    """In the child: turn into the command, and never return."""
    try:
        os.setsid()
        for descriptor, name in ((1, stdout), (2, stderr)):
            os.dup2(os.open(name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), descriptor)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.execvp(command[0], command)  # noqa: S606  # a shell is what nobody wants here
    except OSError as error:
        os.write(2, f"could not be started: {error.strerror}\n".encode())
    finally:
        os._exit(CANNOT_START)


def _end_group(group: int) -> None:
    with suppress(ProcessLookupError):
        os.killpg(group, signal.SIGKILL)


if __name__ == "__main__":
    main(*sys.argv[1:])
