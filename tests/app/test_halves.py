"""Half of the work in a copy of this process: the same outcome, whatever becomes of the copy."""

import os
import signal
from collections.abc import Callable, Sequence

import pytest

from bartizan.app import halves
from bartizan.app.halves import in_halves

ITEMS = list(range(5000))
HERE = os.getpid()

linux = pytest.mark.skipif(not halves._can_copy(), reason="this system, or a process with threads, is not copied")


def done(items: Sequence[int]) -> dict[int, int]:
    return {item: item * item for item in items}


def merged(work: Callable[[Sequence[int]], dict[int, int]], first: Sequence[int] = ()) -> dict[int, int]:
    rest = [item for item in ITEMS if item not in set(first)]
    return {key: value for half in in_halves(work, first, rest, dict[int, int]) for key, value in half.items()}


def test_all_is_done_once() -> None:
    assert merged(done) == done(ITEMS)


@linux
def test_some_of_it_is_done_elsewhere() -> None:
    processes = {value for half in in_halves(pids, (), ITEMS, dict[int, int]) for value in half.values()}
    assert len(processes) == 2
    assert HERE in processes


def pids(items: Sequence[int]) -> dict[int, int]:
    return dict.fromkeys(items, os.getpid())


@linux
def test_what_belongs_together_is_done_here() -> None:
    """Even where that is nearly everything."""
    for first in (ITEMS[:10], ITEMS[:4900], ITEMS):
        found = merged(pids, first)
        assert {found[item] for item in first} == {HERE}
        assert set(found) == set(ITEMS)


@linux
@pytest.mark.parametrize("end", ["killed", "raises", "exits"])
def test_a_copy_that_fails_loses_nothing(end: str) -> None:
    def work(items: Sequence[int]) -> dict[int, int]:
        if os.getpid() != HERE:
            if end == "killed":
                os.kill(os.getpid(), signal.SIGKILL)
            if end == "raises":
                raise ValueError
            os._exit(3)
        return done(items)

    assert merged(work) == done(ITEMS)


@linux
def test_no_process_is_left() -> None:
    merged(done)
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def test_little_work_is_done_here() -> None:
    (only,) = in_halves(pids, (), ITEMS[:10], dict[int, int])
    assert set(only.values()) == {os.getpid()}
