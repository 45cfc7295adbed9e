"""Ingress serves its pages over plain HTTP as well.

With the redirect turned off, whoever types the name without `https` gets the page without TLS, and so does
whoever someone on the way sends there. Passwords and sessions then pass in the clear, beside a certificate
that makes everybody feel safe.

**Looks at** Ingresses with `tls` whose annotation turns off the redirect to HTTPS:
`nginx.ingress.kubernetes.io/ssl-redirect: "false"` (unless `force-ssl-redirect` is true), and the same of
HAProxy's controllers.

**Instead** leave the redirect on, as it is without the annotation:

```yaml
metadata:
  annotations:
    nginx.ingress.kubernetes.io/ssl-redirect: "true"
```

There is no automatic fix: a client that cannot follow a redirect would break.

**Misses** controllers that redirect only when they are told; the redirect turned off for all Ingresses in the
controller's own configuration.
"""

from collections.abc import Iterable

from bartizan.checks.check import Check, Context, Fault
from bartizan.model.pod_shape import METADATA
from bartizan.model.resource import GroupKind, Resource
from bartizan.model.shape import ANY, Fields, ListOf, conform

_INGRESS = Fields({"metadata": METADATA, "spec": Fields({"tls": ListOf(ANY)})})
_FORCE = "nginx.ingress.kubernetes.io/force-ssl-redirect"
_REDIRECTS = (
    "nginx.ingress.kubernetes.io/ssl-redirect",
    "ingress.kubernetes.io/ssl-redirect",
    "haproxy.org/ssl-redirect",
    "haproxy-ingress.github.io/ssl-redirect",
)


def _find(resource: Resource, _context: Context) -> Iterable[Fault]:
    raw = conform(resource.raw, _INGRESS, (), [])
    annotations = raw.get("metadata", {}).get("annotations", {})
    if not raw.get("spec", {}).get("tls") or annotations.get(_FORCE, "").lower() == "true":
        return
    for name in _REDIRECTS:
        if annotations.get(name, "").lower() == "false":
            yield Fault(
                ("metadata", "annotations", name),
                f'serves its pages over plain HTTP beside HTTPS: set `{name}: "true"`, or remove the annotation',
            )


check = Check(
    id="ingress-redirect-disabled",
    judges="object",
    kinds=(GroupKind("networking.k8s.io", "Ingress"), GroupKind("extensions", "Ingress")),
    severity="low",
    persona="strict",
    find=_find,
    references=(
        "https://kubernetes.github.io/ingress-nginx/user-guide/tls/#server-side-https-enforcement-through-redirect",
    ),
)
