"""API version will be removed.

Kubernetes still serves the version and has said when it will stop. From that release on the object is
refused, mostly in the middle of an upgrade.

**Looks at** `apiVersion` and `kind` of every object, beside the Kubernetes version that is judged by
(`--kubernetes-version`).

**Instead** write the version that takes its place, as long as both are served:

```yaml
apiVersion: resource.k8s.io/v1
kind: ResourceClaim
```

**Misses** custom resources, deprecated fields, and kinds that are deprecated without a day of removal, such as
Endpoints. What is gone already is told by `removed-api-version`.
"""

from collections.abc import Iterable

from bartizan.checks.check import Check, Context, Fault
from bartizan.checks.object._api_versions import life, steadier, successor
from bartizan.model.resource import Resource


def _find(resource: Resource, context: Context) -> Iterable[Fault]:
    version, kind = resource.api_version, resource.kind
    known = life(context.data, version, kind)
    if known is None or known.deprecated is None or known.removed is None or not known.served(context.minor):
        return
    if known.deprecated > context.minor:
        return
    target = successor(context.data, resource.group_kind, context.minor)
    ends = f"Kubernetes 1.{known.removed} stops serving {kind} in `{version}`"
    if target is not None and steadier(target[0], version):
        yield Fault(("apiVersion",), f"{ends}: write `{target[0]}`")
    else:
        yield Fault(("apiVersion",), f"{ends}, and 1.{context.minor} has no other version of it yet")


check = Check(
    id="deprecated-api-version",
    judges="object",
    severity="low",
    persona="audit",
    data="api-versions",
    find=_find,
    references=("https://kubernetes.io/docs/reference/using-api/deprecation-policy/",),
)
