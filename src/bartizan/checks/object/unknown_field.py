"""Field is unknown to the API server, which drops it.

The API server does not know the key, so it throws it away. What was meant by it does not happen: a NetworkPolicy
without its selector holds for every pod, a misspelt `runAsNonRoot` keeps nobody from running as root.
`kubectl` refuses such a file by default; Helm and most controllers apply it and say nothing.

**Looks at** every key of every built-in kind, at any depth, beside the fields that the newest known Kubernetes
has. Upper and lower case count, as they do for the API server. A key in a place that protects (a security
context, a NetworkPolicy, RBAC, admission) weighs `high`, others `medium`. One finding tells the top
of what would be dropped. `status` is left alone, for the API server writes it, and so are labels,
annotations and whatever else has free keys.

**Instead** write the field's name as the API spells it, in the place where it belongs:

```yaml
spec:
  podSelector: {}
  policyTypes: [Ingress]
```

There is no automatic fix: a field that begins to count can change more than its author expects.

**Misses** custom resources, whose fields only their cluster knows. Fields that came after the version of
the cluster, or whose feature it has not enabled, are dropped there as well. API versions that are no
longer served have no fields here: the verdict is `skip`, and `removed-api-version` tells about them. Whether
a scalar has the right type is looked at in labels and annotations only, of every kind: there a number such as
`version: 1.0` gives `error`, for the API server refuses the object.
"""

from collections.abc import Iterable
from contextlib import suppress

from bartizan.checks.check import CannotTell, Check, Context, Fault
from bartizan.checks.object._field_hint import hint
from bartizan.checks.object._fields import Walk, definition
from bartizan.model.path import Path, get
from bartizan.model.path_text import render_path
from bartizan.model.pod_shape import METADATA
from bartizan.model.resource import GroupKind, Resource
from bartizan.model.shape import IllTyped, IllTypedField, conform
from bartizan.model.workload import TEMPLATES

_PROTECTING_GROUPS = frozenset({"admissionregistration.k8s.io", "rbac.authorization.k8s.io"})
_NETWORK_POLICY = GroupKind("networking.k8s.io", "NetworkPolicy")
_PROTECTING = frozenset(
    {
        "allowPrivilegeEscalation",
        "appArmorProfile",
        "automountServiceAccountToken",
        "capabilities",
        "hostUsers",
        "readOnlyRootFilesystem",
        "runAsGroup",
        "runAsNonRoot",
        "runAsUser",
        "seLinuxOptions",
        "seccompProfile",
        "securityContext",
    }
)
"""Fields that protect: where one was meant, or stands above, its absence is a hole."""
_LOOSENING = frozenset({"privileged", "procMount"})
"""Fields beside those that protect nobody: without them a container can do less."""
_NOT_MEANT = frozenset({"sops", "status"})
"""Keys at the root that nobody means to apply: a tool takes the one out, the API server wrote the other."""


def _find(resource: Resource, context: Context) -> Iterable[Fault]:
    number = definition(resource, context.data)
    ill_typed = _ill_typed_metadata(resource)
    if number is None and not ill_typed:
        return
    if not number and ill_typed:
        raise IllTypedField(ill_typed[0])
    if not number:
        kind = f"`{resource.kind}` of `{resource.api_version}`"
        raise CannotTell(f"the fields of {kind} are not known", "not-evaluable-here")
    walk = Walk(context.data["definitions"])
    walk.mapping(resource.raw, number, ())
    for path in walk.unknown:
        if _is_meant(path):
            yield _fault(resource, walk.definitions, number, path)
    if ill_typed := walk.ill_typed + ill_typed:
        raise IllTypedField(ill_typed[0])


def _ill_typed_metadata(resource: Resource) -> list[IllTyped]:
    """What is no text among the labels and annotations of the object and of the pods that it makes."""
    problems: list[IllTyped] = []
    template = TEMPLATES.get(resource.group_kind, ())
    for path in dict.fromkeys((("metadata",), (*template, "metadata"))):
        metadata = get(resource.raw, path)
        if metadata is not None:
            with suppress(IllTypedField):  # it stands among the problems
                conform(metadata, METADATA, path, problems)
    return problems


def _is_meant(path: Path) -> bool:
    """Whether it should be a field: a directive of a strategic merge patch (`$patch`) should not."""
    key = str(path[-1])
    return not key.startswith("$") and (len(path) > 1 or key not in _NOT_MEANT)


def _fault(resource: Resource, definitions: list[dict[str, object]], number: int, path: Path) -> Fault:
    meant, advice = hint(definitions, number, path)
    message = f"the API server knows no `{render_path(path)}` of a {resource.kind} and drops it"
    return Fault(
        path,
        f"{message}: {advice}" if advice else f"{message}: delete it, or look up what it is called",
        severity="high" if _protects(resource.group_kind, path, meant) else None,
        secret=True,
    )


def _protects(kind: GroupKind, path: Path, meant: str) -> bool:
    if path[-1] in _LOOSENING:
        return False
    if not _PROTECTING.isdisjoint({meant, *path}):
        return True
    return path[0] != "metadata" and (kind == _NETWORK_POLICY or kind.group in _PROTECTING_GROUPS)


check = Check(
    id="unknown-field",
    judges="object",
    severity="medium",
    data="fields",
    find=_find,
    references=("https://kubernetes.io/docs/reference/using-api/api-concepts/#field-validation",),
)
