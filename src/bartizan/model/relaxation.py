"""A way in which a change loosens the rules that it is judged by."""

import msgspec


class Relaxation(msgspec.Struct, frozen=True):
    """One thing that the head of a change allows and its base does not."""

    what: str
    """The kebab-case kind: `exception-added`, `check-ignored`, `severity-lowered`, …"""
    name: str
    """The setting, exception or pattern."""
    file: str
    """Where the head says so."""
    line: int
    message: str
    """What changed, in a sentence without a final full stop."""
