"""Image comes from a registry that is not trusted.

Whoever can push to a registry decides what runs in the cluster. A list of the registries that your
organisation trusts keeps out images that nobody has built, scanned or agreed to.

**Looks at** `image` of every container: init, sidecar, regular and ephemeral. Only with one of the
parameters: `allowed` names what may run, `refused` names what may not and wins over `allowed`. An entry is a
registry with its port (`registry.example:5000`), all registries below a domain (`*.registry.example`), or one
of these with a folder or repository behind it (`registry.example/shop`). Without a registry it is a folder of
Docker Hub: `library/nginx` is what `image: nginx` means. With neither list every image passes.

**Instead** push the image to a registry on the list, and name it from there:

```yaml
image: registry.example/shop/web:2.14.3
```

**Misses** mirrors that the node puts in the place of a registry, and volumes of the type `image`.
A container without `image`, or with the `auto` of Istio's gateway charts, is not judged: something else fills it in.
"""

from collections.abc import Iterable

import msgspec

from bartizan.checks.check import Check, Context, Fault
from bartizan.checks.pod._image import Image, among, listed, parse, written
from bartizan.model.workload import Container


class Params(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where images may come from."""

    allowed: tuple[str, ...] = ()
    """Registries, folders or repositories; where there are any, all others are refused."""
    refused: tuple[str, ...] = ()
    """Registries, folders or repositories that are refused, also where `allowed` names what holds them."""


def _find(container: Container, context: Context) -> Iterable[Fault]:
    params = context.params
    if not (params.allowed or params.refused):
        return ()
    image = written(container)
    problem = _problem(parse(image), params) if image else ""
    return (_fault(container, image, problem),) if problem else ()


def _problem(image: Image, params: Params) -> str:
    if among(image, params.refused):
        return f"is refused by {listed(params.refused)}"
    if params.allowed and not among(image, params.allowed):
        return f"is not among {listed(params.allowed)}"
    return ""


def _fault(container: Container, image: str, problem: str) -> Fault:
    parts = parse(image)
    return Fault(
        (*container.path, "image"),
        f"container `{container.name}` runs `{image}`: `{parts.registry}/{parts.repository}` {problem}. "
        "Write an image from a registry that is trusted",
    )


check = Check(
    id="untrusted-image-registry",
    judges="container",
    severity="high",
    find=_find,
    params=Params,
    references=("https://kubernetes.io/docs/concepts/containers/images/#image-names",),
)
