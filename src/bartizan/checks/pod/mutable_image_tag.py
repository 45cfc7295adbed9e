"""Image can change under its name.

The tag `latest` (or none, which means the same) names another image tomorrow. What was tested and scanned is
then not what runs: a restart may bring a new version, another one on each node, or whatever somebody has
pushed over the tag in the meantime.

**Looks at** `image` of every container: init, sidecar, regular and ephemeral. A digest always passes. The
parameter `tags` names the tags that move.

**Instead** name a version, and best also the digest, which nobody can push over:

```yaml
image: registry.example/shop/web:2.14.3@sha256:…
```

**Misses** other tags that move, such as `stable` or `1`, unless `tags` names them: by their form they cannot be
told from fixed ones.
A container without `image`, or with the `auto` of Istio's gateway charts, is not judged: something else fills it in.
"""

from collections.abc import Iterable

import msgspec

from bartizan.checks.check import Check, Context, Fault
from bartizan.checks.pod._image import tag, written
from bartizan.model.workload import Container


class Params(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which tags name another image tomorrow."""

    tags: tuple[str, ...] = ("latest",)
    """Tags that move, such as `latest`, `stable` or `nightly`."""


def _find(container: Container, context: Context) -> Iterable[Fault]:
    image = written(container)
    if "@" in image or not image:
        return ()
    version = tag(image)
    return () if version and version not in context.params.tags else (_fault(container, image, version),)


def _fault(container: Container, image: str, version: str) -> Fault:
    problem = f"tag `{version}`" if version else "no tag, which means `latest`"
    name = image.removesuffix(f":{version}")
    return Fault(
        (*container.path, "image"),
        f"container `{container.name}` runs `{image}`: {problem}, so what runs can change any day. "
        f"Write a version and its digest: `{name}:VERSION@sha256:…`",
    )


check = Check(
    id="mutable-image-tag",
    judges="container",
    severity="medium",
    find=_find,
    params=Params,
    references=("https://kubernetes.io/docs/concepts/containers/images/",),
)
