"""When Kubernetes serves which kind in which API version (`data/kubernetes/api-versions.json`)."""

import re
from collections.abc import Iterator
from typing import Any

import msgspec

from bartizan.model.resource import GroupKind

_VERSION = re.compile(r"v(\d+)(?:(alpha|beta)(\d+))?")
_STAGES = {"alpha": 0, "beta": 1, None: 2}

Table = dict[str, Any]


class Life(msgspec.Struct, frozen=True):
    """Of a kind in one API version: minors of Kubernetes."""

    introduced: int
    deprecated: int | None = None
    removed: int | None = None
    """The first minor that does not serve it."""

    def served(self, minor: int) -> bool:
        """Whether Kubernetes 1.`minor` serves it, be it only where an alpha version is switched on."""
        return self.introduced <= minor and (self.removed is None or minor < self.removed)


def life(table: Table, api_version: str, kind: str) -> Life | None:
    """None for what Kubernetes has never had."""
    group, _, version = api_version.rpartition("/")
    steps = table["groups"].get(group, {}).get(version, {}).get(kind)
    return None if steps is None else Life(*steps)


def successor(table: Table, source: GroupKind, minor: int) -> tuple[str, str] | None:
    """The steadiest API version, and the kind's name there, in which Kubernetes 1.`minor` serves a kind."""
    group, kind = table["moved"].get(source.group, {}).get(source.kind, (source.group, source.kind))
    versions = [version for version, life in _lives(table, group, kind) if life.served(minor)]
    if not versions:
        return None
    return written(group, max(versions, key=_steadiness)), kind


def homes(table: Table, kind: str, minor: int) -> list[str]:
    """The API versions in which Kubernetes 1.`minor` serves a kind of this name, one for each group."""
    found = (successor(table, GroupKind(group, kind), minor) for group in table["groups"])
    return sorted({home[0] for home in found if home is not None and home[1] == kind})


def steadier(api_version: str, other: str) -> bool:
    """Whether one version is further on its way to a stable API than the other."""
    return _steadiness(api_version.rpartition("/")[2]) > _steadiness(other.rpartition("/")[2])


def written(group: str, version: str) -> str:
    """As it stands in `apiVersion`."""
    return f"{group}/{version}" if group else version


def _lives(table: Table, group: str, kind: str) -> Iterator[tuple[str, Life]]:
    for version, kinds in table["groups"].get(group, {}).items():
        if kind in kinds:
            yield version, Life(*kinds[kind])


def _steadiness(version: str) -> tuple[int, int, int]:
    match = _VERSION.fullmatch(version)
    if match is None:
        return -1, 0, 0
    return _STAGES[match[2]], int(match[1]), int(match[3] or 0)
