"""What all the renderings of one run may use together: a tree may hold as many hostile charts as it likes."""

from bartizan.sources.rendered import Rendering

MOST_STOPPED = 8
"""Renderings that may run into a limit before the rest is given up: each may take half a minute."""
MOST_TEXT = 256 << 20
"""Characters that may be made."""
MOST_TEXT_OF_ONE = 64 << 20
"""Characters that one chart may make in all the ways in which it is installed."""


class Allowance:
    """Counts what is used."""

    def __init__(self) -> None:
        self._stopped = 0
        self._text = 0

    def note(self, rendering: Rendering) -> Rendering:
        """One more rendering, given back."""
        self._stopped += rendering.stopped
        self._text += size(rendering)
        return rendering

    def used_up(self) -> str:
        """Why nothing more is rendered; empty where there is something left."""
        if self._stopped >= MOST_STOPPED:
            return f"{self._stopped} others before it had to be stopped, so it was not rendered: scan it apart"
        if self._text > MOST_TEXT:
            return f"others before it made more than {MOST_TEXT >> 20} MiB, so it was not rendered: scan it apart"
        return ""


def size(rendering: Rendering) -> int:
    """How much text was made."""
    return sum(len(piece.text) for pieces in rendering.pieces.values() for piece in pieces)
