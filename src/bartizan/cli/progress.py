"""A progress line on a terminal, for anything longer than a second."""

import sys
from time import monotonic

from bartizan.app.judging import Progress, silent

_PATIENCE_SECONDS = 1.0


def progress(*, quiet: bool) -> Progress:
    """Shows progress on standard error where that is a terminal, and nothing elsewhere."""
    return _Bar() if not quiet and sys.stderr is not None and sys.stderr.isatty() else silent


class _Bar:
    """One line that is written over; it appears after a second and is wiped by `close`."""

    def __init__(self) -> None:
        self._start = monotonic()
        self._shown = False

    def __call__(self, what: str, done: int, total: int) -> None:
        if monotonic() - self._start < _PATIENCE_SECONDS:
            return
        self._shown = True
        sys.stderr.write(f"\r\033[K{self._text(what, done, total)}")
        sys.stderr.flush()

    def __del__(self) -> None:
        if self._shown:
            sys.stderr.write("\r\033[K")
            sys.stderr.flush()

    @staticmethod
    def _text(what: str, done: int, total: int) -> str:
        if not total:
            return f"{what} … {done or ''}"
        filled = 24 * done // total
        return f"{what} {'█' * filled}{'░' * (24 - filled)} {done}/{total}"
