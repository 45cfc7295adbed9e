"""`image`: where a container's program comes from, and under what name."""

from collections.abc import Iterable
from functools import lru_cache

import msgspec

from bartizan.model.user_info import bare_image
from bartizan.model.workload import Container

HUB = "docker.io"
_HUB_NAMES = frozenset({HUB, "index.docker.io", "registry-1.docker.io", "registry.hub.docker.com"})
"""One registry under several names."""
_INJECTED = "auto"
"""What Istio's gateway charts write where its webhook puts the image in."""


class Image(msgspec.Struct, frozen=True):
    """An image's reference, in full: `nginx` is `docker.io`, `library/nginx`, without tag and digest."""

    registry: str
    repository: str
    tag: str
    digest: str


def written(container: Container) -> str:
    """The image as written, but for a user before it; empty where something else fills it in."""
    image: str = container.raw.get("image", "")
    return "" if image == _INJECTED else bare_image(image)


def tag(reference: str) -> str:
    """The tag of an image as written; empty where there is none. The port of a registry is no tag."""
    return reference.partition("@")[0].rpartition("/")[2].partition(":")[2]


def parse(reference: str) -> Image:
    """The parts of an image as written, as a container runtime completes them."""
    name, _, digest = reference.partition("@")
    version = tag(reference)
    if version:
        name = name[: -len(version) - 1]
    registry, repository = _split(name)
    if registry == HUB and "/" not in repository:
        repository = f"library/{repository}"
    return Image(registry, repository, version, digest)


def _split(name: str) -> tuple[str, str]:
    """Registry and the rest. The first part is a registry's name if it could be no folder's."""
    first, slash, rest = name.partition("/")
    host = first.lower()
    if not (slash and (first != host or host == "localhost" or not {".", ":"}.isdisjoint(host))):
        return HUB, name
    return (HUB if host in _HUB_NAMES else host), rest


def among(image: Image, entries: tuple[str, ...]) -> bool:
    """Whether the image lies in a registry, a folder of it or a repository that `entries` names.

    An entry is a registry (`registry.example:5000`, `*.registry.example` for all below it), with or without a
    folder (`registry.example/shop`); one without a registry is a folder of Docker Hub (`library/nginx`).
    """
    return any(_lies_in(image, registry, folder) for registry, folder in _places(entries))


def _lies_in(image: Image, registry: str, folder: str) -> bool:
    if registry.startswith("*."):
        if not image.registry.endswith(registry[1:]):
            return False
    elif image.registry != registry:
        return False
    return not folder or f"{image.repository}/".startswith(f"{folder}/")


@lru_cache(maxsize=64)
def _places(entries: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Registry and folder of each entry; an empty entry names nothing."""
    return tuple(_split(f"{entry}/" if _is_host(entry) else entry) for entry in map(_trimmed, entries) if entry)


def _trimmed(entry: str) -> str:
    return entry.strip("/")


def _is_host(entry: str) -> bool:
    return "/" not in entry and (_split(f"{entry}/a")[0] != HUB or entry.lower() in _HUB_NAMES)


def listed(entries: Iterable[str]) -> str:
    """What a message calls several entries."""
    return ", ".join(f"`{entry}`" for entry in entries)
