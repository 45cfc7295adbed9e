"""Ingress writes into the controller's configuration.

A snippet annotation is pasted into the configuration of the shared controller. Who may write an Ingress can so
read the controller's files, its token among them, which reads every Secret of the cluster (CVE-2021-25742),
or divert the pages of all others.

**Looks at** annotations of Ingresses whose name ends with `-snippet` or `-snippets`, whatever their prefix:
the controllers for nginx and HAProxy read some. It also looks at ConfigMaps that make ingress-nginx accept
them (`allow-snippet-annotations: "true"`), which weigh `medium`.

**Instead** use the annotation for the one thing that the snippet does, and refuse snippets in the
controller's ConfigMap:

```yaml
data:
  allow-snippet-annotations: "false"
```

**Misses** snippets that the controller's own ConfigMap holds for all, which only its owner writes; a
controller that refuses snippets anyway; other annotations whose value an old controller does not check.
"""

from collections.abc import Iterable

from bartizan.checks.check import Check, Context, Fault
from bartizan.model.pod_shape import METADATA
from bartizan.model.resource import GroupKind, Resource
from bartizan.model.shape import TEXT, Fields, conform

_ALLOWS = "allow-snippet-annotations"
_SHAPE = Fields({"metadata": METADATA, "data": Fields({_ALLOWS: TEXT})})
_ENDINGS = ("-snippet", "-snippets")


def _find(resource: Resource, _context: Context) -> Iterable[Fault]:
    raw = conform(resource.raw, _SHAPE, (), [])
    if resource.kind == "ConfigMap":
        yield from _config_map(raw.get("data", {}).get(_ALLOWS, ""))
        return
    for name in raw.get("metadata", {}).get("annotations", {}):
        _, slash, key = name.rpartition("/")
        if slash and key.endswith(_ENDINGS):
            yield Fault(
                ("metadata", "annotations", name),
                f"`{key}` is pasted into the configuration of the shared controller, and so may read its Secrets: "
                "remove the snippet, and use the annotation for the one thing that it does",
                secret=True,  # a snippet may set a header with a token
            )


def _config_map(value: str) -> Iterable[Fault]:
    """The controller's own; nobody else has the key."""
    if value.lower() == "true":
        yield Fault(
            ("data", _ALLOWS),
            "lets whoever may write an Ingress paste into the configuration of the shared nginx, and so read its "
            f'Secrets: set `{_ALLOWS}: "false"`',
            severity="medium",
        )


check = Check(
    id="ingress-snippet",
    judges="object",
    kinds=(
        GroupKind("networking.k8s.io", "Ingress"),
        GroupKind("extensions", "Ingress"),
        GroupKind("", "ConfigMap"),
    ),
    severity="high",
    find=_find,
    references=(
        "https://nvd.nist.gov/vuln/detail/CVE-2021-25742",
        "https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/configmap/#allow-snippet-annotations",
    ),
)
