"""Image can change under its name.

The tag `latest` (or none, which means the same) names another image tomorrow. What was tested and scanned is
then not what runs: a restart may bring a new version, another one on each node, or whatever somebody has
pushed over the tag in the meantime.

**Looks at** `image` of every container: init, sidecar, regular and ephemeral. A digest always passes.

**Instead** name a version, and best also the digest, which nobody can push over:

```yaml
image: registry.example/shop/web:2.14.3@sha256:…
```

**Misses** other tags that move, such as `stable` or `1`: by their form they cannot be told from fixed ones.
A container without `image`, or with the `auto` of Istio's gateway charts, is not judged: something else fills it in.
"""

from collections.abc import Iterable

from bartizan.checks.check import Check, Context, Fault
from bartizan.model.workload import Container

_INJECTED = "auto"
"""What Istio's gateway charts write where its webhook puts the image in."""


def _find(container: Container, _context: Context) -> Iterable[Fault]:
    image: str = container.raw.get("image", "")
    if "@" in image or image in ("", _INJECTED):
        return
    _, colon, tag = image.rpartition("/")[2].partition(":")
    if not tag or tag == "latest":
        problem = "tag `latest`" if tag else "no tag, which means `latest`"
        name = image if not colon else image[: -len(tag) - 1]
        yield Fault(
            (*container.path, "image"),
            f"container `{container.name}` runs `{image}`: {problem}, so what runs can change any day. "
            f"Write a version and its digest: `{name}:VERSION@sha256:…`",
        )


check = Check(
    id="mutable-image-tag",
    judges="container",
    severity="medium",
    find=_find,
    references=("https://kubernetes.io/docs/concepts/containers/images/",),
)
