"""Image is not pinned by its digest.

A tag is a name that its owner may give to another image, and so may whoever steals the owner's password. A
digest is the image's content: what was reviewed and scanned is what runs, on every node and after every
restart.

**Looks at** `image` of every container: init, sidecar, regular and ephemeral. A digest passes if it has the
form of its algorithm, such as `sha256:` with 64 digits. The parameter `exempt` names registries and
repositories that need none.

**Instead** write the digest behind the version, which then is there for the reader:

```yaml
image: registry.example/shop/web:2.14.3@sha256:…
```

A tool that renews the digest with each release keeps this from becoming work.

**Misses** whether the registry has the image, and volumes of the type `image`.
A container without `image`, or with the `auto` of Istio's gateway charts, is not judged: something else fills it in.
"""

import re
from collections.abc import Iterable

import msgspec

from bartizan.checks.check import Check, Context, Fault
from bartizan.checks.pod._image import among, parse, tag, written
from bartizan.model.workload import Container

_DIGITS = {"sha256": 64, "sha384": 96, "sha512": 128, "blake3": 64}
_OTHER = re.compile(r"[a-z0-9]+(?:[+._-][a-z0-9]+)*:[0-9a-zA-Z=_-]+")
_HEX = frozenset("0123456789abcdef")


class Params(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which images need no digest."""

    exempt: tuple[str, ...] = ()
    """Registries (`registry.example:5000`, `*.example`), folders of them, repositories."""


def _find(container: Container, context: Context) -> Iterable[Fault]:
    image = written(container)
    if not image or _is_pinned(image) or among(parse(image), context.params.exempt):
        return ()
    return (_fault(container, image),)


def _is_pinned(image: str) -> bool:
    """By the grammar of the image specification, which fixes the length for the algorithms that it names."""
    digest = image.partition("@")[2]
    algorithm, _, value = digest.partition(":")
    digits = _DIGITS.get(algorithm)
    if digits is None:
        return _OTHER.fullmatch(digest) is not None
    return len(value) == digits and _HEX.issuperset(value)


def _fault(container: Container, image: str) -> Fault:
    name, at, digest = image.partition("@")
    problem = f"`{digest}` is no digest" if at else "no digest, so another image may come under this name"
    version = "" if tag(name) else ":VERSION"
    return Fault(
        (*container.path, "image"),
        f"container `{container.name}` runs `{image}`: {problem}. Write `{name}{version}@sha256:…`",
    )


check = Check(
    id="image-without-digest",
    judges="container",
    severity="low",
    persona="audit",
    find=_find,
    params=Params,
    overrides=("mutable-image-tag",),
    references=(
        "https://kubernetes.io/docs/concepts/containers/images/",
        "https://github.com/opencontainers/image-spec/blob/main/descriptor.md#digests",
    ),
)
