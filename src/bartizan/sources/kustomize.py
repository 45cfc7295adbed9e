"""What the kustomizations of a tree name: patches, and components that they take in."""

import re
from collections import defaultdict
from collections.abc import Mapping
from pathlib import PurePosixPath
from posixpath import join, normpath
from typing import Any

_REMOTE = re.compile(r"[a-z+]+://|git::|[^/]+@[^/]+:|[^/]+\.(com|org|net|io)[/:]|.*[?]ref=", re.IGNORECASE)
_LONGEST = 1024
"""Characters of an address that are looked at: a longer name would take its time."""
_NAMES = ("kustomization.yaml", "kustomization.yml")


def is_remote(name: str) -> bool:
    """Whether kustomize would fetch a resource of this name from elsewhere."""
    return _REMOTE.match(name[:_LONGEST]) is not None


def is_component(kustomization: dict[str, Any]) -> bool:
    """A component changes what a kustomization that takes it in makes, and is never applied by itself."""
    return kustomization.get("kind") == "Component"


def texts(value: Any) -> list[str]:
    """The strings in what should be a list of them."""
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


def named_patches(kustomizations: Mapping[str, dict[str, Any]]) -> frozenset[str]:
    """The files that kustomizations name as patches. No kustomization is one: it could hide itself."""
    found = {_beside(file, name) for file, content in kustomizations.items() for name in _named(content)}
    return frozenset(found.difference(kustomizations))


def _named(kustomization: dict[str, Any]) -> list[str]:
    """Paths of patch files, relative to the kustomization's folder."""
    fields = defaultdict(list, {key: value for key, value in kustomization.items() if isinstance(value, list)})
    named = [item for item in fields["patchesStrategicMerge"] if isinstance(item, str) and "\n" not in item]
    for field in ("patches", "patchesJson6902"):
        named += [
            item["path"] for item in fields[field] if isinstance(item, dict) and isinstance(item.get("path"), str)
        ]
    for field in ("transformers", "generators", "validators", "configurations"):
        named += [item for item in fields[field] if isinstance(item, str) and "\n" not in item]
    return named


def taken_in(kustomizations: Mapping[str, dict[str, Any]]) -> frozenset[str]:
    """The components that a kustomization takes in, itself or by way of other components.

    Only `components` does: kustomize refuses a component under `resources`. Whoever has that field is told
    as not rendered, so nothing that the component does goes unsaid.
    """
    found: set[str] = set()
    left = [file for file, content in kustomizations.items() if not is_component(content)]
    while left:
        file = left.pop()
        named = {
            _beside(file, f"{folder}/{name}")
            for folder in texts(kustomizations[file].get("components"))
            for name in _NAMES
        }
        more = [name for name in named if name not in found and is_component(kustomizations.get(name, {}))]
        found.update(more)
        left += more
    return frozenset(found)


def _beside(file: str, name: str) -> str:
    """A path that the kustomization in a file names."""
    return normpath(join(str(PurePosixPath(file).parent), name))
