"""When each kind of each API version came, was deprecated and went, from the marks in `k8s.io/api`.

The table::

    {"source": …, "newest": minor,
     "groups": {group: {version: {kind: [introduced, deprecated, removed]}}},
     "moved": {group: {kind: [group, kind]}}}

A life is as long as what is known of it: `[9]` came in 1.9 and is there; null stands for a step that is
not known. `removed` is the first minor that does not serve it.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tools.kubernetes.history import LIVES, MOVES, NO_OBJECTS, Life

VERSIONS = (
    "v0.20.6", "v0.21.1", "v0.22.5", "v0.23.16", "v0.24.3", "v0.25.9", "v0.26.9", "v0.27.4", "v0.28.3",
    "v0.29.15", "v0.30.14", "v0.31.14", "v0.32.13", "v0.33.13", "v0.34.13", "v0.35.10", "v0.36.6", "v0.37.2",
)  # fmt: skip
"""One release of `k8s.io/api` for each minor since the marks began."""

_KEY = tuple[str, str, str]
_STEP = re.compile(
    r"func \(in \*(\w+)\) APILifecycle(Introduced|Deprecated|Removed)\(\) \(major, minor int\) \{\s+return 1, (\d+)"
)
_MOVE = re.compile(
    r"func \(in \*(\w+)\) APILifecycleReplacement\(\).*?Group: \"(.*?)\", Version: .*?, Kind: \"(\w+)\"", re.DOTALL
)
_GROUP = re.compile(r"GroupName = \"(.*?)\"")


def lifecycle(folders: dict[str, Path]) -> dict[str, Any]:
    """The table, from the folders of `k8s.io/api` by version, oldest first."""
    lives: dict[_KEY, Life] = {}
    moved: dict[tuple[str, str], tuple[str, str]] = {}
    for version, folder in folders.items():
        found = dict(_marks(folder, moved))
        # What has left the source is not served any more, whatever its mark had promised.
        gone = {key: _ended(life, _minor(version)) for key, life in lives.items() if key not in found}
        lives |= gone | found
    for (group, version), kinds in LIVES.items():
        lives |= {(group, version, kind): life for kind, life in kinds.items()}
    return {
        "source": f"k8s.io/api {' '.join(folders)}, and release notes",
        "newest": _minor(list(folders)[-1]),
        "groups": _nested(lives),
        "moved": _moves({**moved, **MOVES}, lives),
    }


def _marks(folder: Path, moved: dict[tuple[str, str], tuple[str, str]]) -> Iterator[tuple[_KEY, Life]]:
    for file in sorted(folder.glob("*/v*/zz_generated.prerelease-lifecycle.go")):
        group = _GROUP.findall((file.parent / "register.go").read_text())[0]
        text = file.read_text()
        steps: dict[str, dict[str, int]] = {}
        for kind, step, minor in _STEP.findall(text):
            steps.setdefault(kind, {})[step] = int(minor)
        moved |= {(group, kind): (to, name) for kind, to, name in _MOVE.findall(text)}
        for kind, known in steps.items():
            if not kind.endswith(("List", "Options")) and kind not in NO_OBJECTS:
                life = known["Introduced"], known.get("Deprecated"), known.get("Removed")
                yield (group, file.parent.name, kind), life


def _ended(life: Life, minor: int) -> Life:
    """As it was, but over with `minor` at the latest."""
    introduced, deprecated, removed = life
    removed = minor if removed is None else min(removed, minor)
    return introduced, deprecated if deprecated is not None and deprecated < removed else None, removed


def _minor(version: str) -> int:
    return int(version.split(".")[1])


def _nested(lives: dict[_KEY, Life]) -> dict[str, Any]:
    groups: dict[str, Any] = {}
    for (group, version, kind), life in sorted(lives.items()):
        steps: list[int | None] = list(life)
        while steps[-1] is None:
            steps.pop()
        groups.setdefault(group, {}).setdefault(version, {})[kind] = steps
    return groups


def _moves(moved: dict[tuple[str, str], tuple[str, str]], lives: dict[_KEY, Life]) -> dict[str, Any]:
    """Those that lead to another name, and to one that there is."""
    there = {(group, kind) for group, _, kind in lives}
    table: dict[str, Any] = {}
    for source, target in sorted(moved.items()):
        if source != target and source in there and target in there:
            table.setdefault(source[0], {})[source[1]] = list(target)
    return table
