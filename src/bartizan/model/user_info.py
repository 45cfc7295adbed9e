"""The user and password that an address may carry, which nobody may print."""

import re

_OF_URL = re.compile(r"(?<=://)(?!git@)[^\s/?#`'\"]{1,1000}@")
_DIGEST = r"(?:sha[0-9]+:|[^:@/]+:[0-9a-fA-F]{32,}$)"
_OF_IMAGE = re.compile(rf"^.*@(?=[^@]*/)|^[^/@]*:[^/@]*@(?!{_DIGEST})", re.DOTALL)
_ADDRESSES = frozenset({"externalName", "host", "image"})
"""Fields that hold an address without a scheme."""


def without_user(text: str) -> str:
    """A text whose URLs name no user but `git`, which everybody is: `https://…@host/`."""
    return _OF_URL.sub("…@", text) if "://" in text else text


def bare(address: str) -> str:
    """A host without the user before it."""
    return address.rpartition("@")[2]


def bare_image(image: str) -> str:
    """An image without the user before its registry; the `@` of a digest is none's."""
    return _OF_IMAGE.sub("", image) if "@" in image else image


def shown(field: object, text: str) -> str | None:
    """The value of a field as a report may show it; None where it may not."""
    if field in _ADDRESSES and "@" in text and (bare_image if field == "image" else bare)(text) != text:
        return None
    return without_user(text)
