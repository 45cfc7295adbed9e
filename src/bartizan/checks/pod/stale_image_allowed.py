"""Node may run an old image under a tag that has moved.

With a tag such as `latest`, the pull policy decides what runs. With `IfNotPresent` a node that has some image of
that name keeps it: two nodes run two versions, and a security update that was pushed over the tag never comes.

**Looks at** `imagePullPolicy` of every container whose image has no digest, and no tag or one that the
parameter `tags` names. `Always` passes. Where the field is absent, Kubernetes takes `Always` for `latest` and
for no tag, and `IfNotPresent` for every other tag. With `tags: ["*"]` every tag is taken to move.

**Instead** pin the image by its digest, or, where the tag is meant to move:

```yaml
image: registry.example/shop/web:stable
imagePullPolicy: Always
```

**Misses** tags that move and are not named, and the admission plugin `AlwaysPullImages`, which sets the field
for all pods of a cluster.
"""

from collections.abc import Iterable

import msgspec

from bartizan.checks.check import Check, Context, Fault
from bartizan.checks.pod._image import tag, written
from bartizan.model.finding import Op
from bartizan.model.workload import Container

_ALL = "*"


class Params(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which tags move."""

    tags: tuple[str, ...] = ("latest", "stable", "edge", "main", "master", "nightly", "dev", "canary", "rolling")
    """Tags that name another image tomorrow; `*` for all."""


def _find(container: Container, context: Context) -> Iterable[Fault]:
    image = written(container)
    if "@" in image or not image:
        return ()
    version = tag(image) or "latest"
    tags = context.params.tags
    if version not in tags and _ALL not in tags and version != "latest":
        return ()
    policy: str = container.raw.get("imagePullPolicy", "") or ("Always" if version == "latest" else "IfNotPresent")
    return () if policy == "Always" else (_fault(container, image, policy),)


def _fault(container: Container, image: str, policy: str) -> Fault:
    path = (*container.path, "imagePullPolicy")
    return Fault(
        path,
        f"container `{container.name}` runs `{image}`, whose tag moves, under the pull policy `{policy}`: a node "
        "keeps what it once had. Pin the image by its digest, or set `imagePullPolicy: Always`",
        # With `Never` the image was put on the node by hand: there may be none to pull.
        fix=None if policy == "Never" else (Op("set", path, "Always"),),
    )


check = Check(
    id="stale-image-allowed",
    judges="container",
    severity="low",
    persona="audit",
    find=_find,
    params=Params,
    references=("https://kubernetes.io/docs/concepts/containers/images/#image-pull-policy",),
)
