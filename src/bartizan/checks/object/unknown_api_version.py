"""API version was never served.

No Kubernetes knows the object by this name, so it is refused: what it was to protect or to run is not there.
Mostly it is a slip such as `app/v1`, or a version that the cluster is too old for.

**Looks at** `apiVersion` and `kind` of every object: whether the kind was ever in a built-in group in this
version, whether the Kubernetes version that is judged by has it already, and whether a group that nobody knows
was meant to be a built-in one. The last is told only for a kind of that name, with `medium` confidence.

**Instead** write the version in which the kind is served:

```yaml
apiVersion: apps/v1
kind: Deployment
```

**Misses** custom resources, whose groups and versions only their cluster knows. What was served and is gone is
told by `removed-api-version`. Objects that come from a cluster have a version, and pass.
"""

from collections.abc import Iterable

from bartizan.checks.check import Check, Context, Fault
from bartizan.checks.object._api_versions import homes, life, successor
from bartizan.model.resource import Resource

_NO_OBJECTS = frozenset({"APIGroup", "APIVersions", "Config", "DeleteOptions", "Status", "WatchEvent"})
"""Kinds of `v1` that kubectl and the API server write for each other, and that nobody applies."""
_ALIKE = 0.85


def _find(resource: Resource, context: Context) -> Iterable[Fault]:
    version, kind = resource.api_version, resource.kind
    if resource.origin.kind == "cluster":
        return
    known = life(context.data, version, kind)
    if known is not None:
        if known.introduced > context.minor:
            yield _too_new(resource, known.introduced, context)
    elif resource.group not in context.data["groups"]:
        yield from _unknown_group(resource, context)
    elif not (version == "v1" and kind in _NO_OBJECTS):
        yield _unknown_kind(resource, context)


def _too_new(resource: Resource, since: int, context: Context) -> Fault:
    target = successor(context.data, resource.group_kind, context.minor)
    advice = f": write `{target[0]}`" if target else ""
    return Fault(
        ("apiVersion",),
        f"1.{context.minor} serves no {resource.kind} in `{resource.api_version}`, which begins with 1.{since}{advice}",
    )


def _unknown_kind(resource: Resource, context: Context) -> Fault:
    version, kind = resource.api_version, resource.kind
    message = f"no Kubernetes serves a {kind} in `{version}`"
    if found := homes(context.data, kind, context.minor):
        same = [home for home in found if home.rpartition("/")[0] == resource.group]
        return Fault(("apiVersion",), f"{message}: write `{' or '.join(same or found)}`")
    near = _nearest_kind(context.data["groups"][resource.group], kind)
    if near:
        return Fault(("kind",), f"{message}: did you mean `{near}`?")
    return Fault(("kind",), f"{message}: look up its group and version", confidence="medium")


def _nearest_kind(versions: dict[str, dict[str, object]], kind: str) -> str:
    from difflib import get_close_matches  # noqa: PLC0415 - only for a misspelt kind

    names = sorted({name for kinds in versions.values() for name in kinds})
    folded = {name.lower(): name for name in names}
    near = get_close_matches(kind.lower(), folded, n=1, cutoff=_ALIKE)
    return folded[near[0]] if near else ""


def _unknown_group(resource: Resource, context: Context) -> Iterable[Fault]:
    found = [home for home in homes(context.data, resource.kind, context.minor) if _is_near(resource, home)]
    if found:
        yield Fault(
            ("apiVersion",),
            f"no Kubernetes has an API group `{resource.group}`: write `{' or '.join(found)}`",
            confidence="medium",
        )


def _is_near(resource: Resource, home: str) -> bool:
    """A custom group has a point in its name; one without can be meant for any built-in group."""
    group = home.rpartition("/")[0]
    if "." not in resource.group:
        return True
    from difflib import SequenceMatcher  # noqa: PLC0415 - only for an unknown group that has a built-in kind

    return SequenceMatcher(None, resource.group.lower(), group).ratio() >= _ALIKE


check = Check(
    id="unknown-api-version",
    judges="object",
    severity="medium",
    data="api-versions",
    find=_find,
    references=("https://kubernetes.io/docs/reference/using-api/#api-groups",),
)
