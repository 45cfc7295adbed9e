"""What a container runs by the manifest's own words: its command, and those of hooks and probes."""

import re
from collections.abc import Iterator
from posixpath import basename
from typing import Any

from bartizan.model.path import Path
from bartizan.model.workload import Container

Command = tuple[list[Path], list[str]]
"""For each word of a command the list that it stands in, below the container; and the words.

A finding names the list, since a word may hold a password.
"""

_PROBES = ("livenessProbe", "readinessProbe", "startupProbe")
_HOOKS = ("postStart", "preStop")
_SCRIPT_FOLLOWS = re.compile(r"-[a-z]*c")
_HANDS_ON = frozenset({"--", "dumb-init", "env", "nohup", "tini"})
"""Words after which a program's name comes."""
_BEFORE_A_COMMAND = re.compile(r"(?:^|[;&|({`!\n]|\b(?:do|else|env|exec|nohup|then|time)|(?:^|\s)\w+=\S*)\s*$")
_WINDOW = 64
"""How far back a script is read to see whether a word begins a command."""


def commands(container: Container) -> Iterator[Command]:
    """Each command of the container, its hooks and probes. `args` go on where `command` ends."""
    raw = container.raw
    own, more = raw.get("command", []), raw.get("args", [])
    if own or more:
        places: list[Path] = [("command",)] * len(own)
        yield places + [("args",)] * len(more), own + more
    for probe in _PROBES:
        if handler := raw.get(probe):
            yield from _handled((probe,), handler)
    if lifecycle := raw.get("lifecycle"):
        for hook in _HOOKS:
            if handler := lifecycle.get(hook):
                yield from _handled(("lifecycle", hook), handler)


def _handled(place: Path, handler: dict[str, Any]) -> Iterator[Command]:
    if words := handler.get("exec", {}).get("command"):
        yield [(*place, "exec", "command")] * len(words), words


def program(*names: str) -> re.Pattern[str]:
    """What finds a program in a script, with or without its folder."""
    return re.compile(rf"(?<![\w./-])(?:/[\w./-]*/)?(?:{'|'.join(names)})(?![\w./-])")


def invoked(command: Command, wanted: re.Pattern[str]) -> Path | None:
    """Where a command starts a program: as a word of its own, or in the script of a shell."""
    previous = "--"
    for place, word in zip(*command, strict=True):
        begins = previous in _HANDS_ON or _SCRIPT_FOLLOWS.fullmatch(previous)
        if begins and any(_begins_command(word, found.start()) for found in wanted.finditer(word)):
            return place
        if not (previous == "env" and "=" in word):
            previous = basename(word)
    return None


def _begins_command(script: str, start: int) -> bool:
    return start == 0 or _BEFORE_A_COMMAND.search(script[max(0, start - _WINDOW) : start]) is not None
