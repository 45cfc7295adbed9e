"""Ingress serves plain HTTP.

Without TLS everyone on the way reads and changes what passes: passwords, sessions, pages. A browser cannot
tell whether it talks to you at all.

**Looks at** `tls` of an Ingress: each `host` of its rules must stand in the `hosts` of one entry, by its
name or by a wildcard one label above it. An entry without `hosts` covers all. Ingresses whose annotations
leave TLS to a cloud's load balancer (certificates of AWS and Google) or to Traefik pass.

**Instead** name the host and the Secret with its certificate:

```yaml
spec:
  tls:
    - hosts: [www.shop.example]
      secretName: www-shop-example
  rules:
    - host: www.shop.example
```

**Misses** whether the Secret exists and holds a valid certificate, and whether HTTP is redirected. A proxy
in front that ends TLS is not seen: write an exception that names it.
"""

from collections.abc import Iterable
from typing import Any

from bartizan.checks.check import Check, Context, Fault
from bartizan.model.pod_shape import METADATA
from bartizan.model.resource import GroupKind, Resource
from bartizan.model.shape import ANY, TEXT, TEXTS, Fields, ListOf, conform

_INGRESS = Fields(
    {
        "metadata": METADATA,
        "spec": Fields(
            {
                "rules": ListOf(Fields({"host": TEXT})),
                "tls": ListOf(Fields({"hosts": TEXTS, "secretName": TEXT})),
                "defaultBackend": ANY,
                "backend": ANY,
            }
        ),
    }
)
_TLS_ELSEWHERE = frozenset(
    {
        "alb.ingress.kubernetes.io/certificate-arn",
        "ingress.gcp.kubernetes.io/pre-shared-cert",
        "networking.gke.io/managed-certificates",
    }
)
_TRAEFIK = "traefik.ingress.kubernetes.io/router.tls"


def _find(resource: Resource, _context: Context) -> Iterable[Fault]:
    raw = conform(resource.raw, _INGRESS, (), [])
    spec = raw.get("spec", {})
    if _ends_elsewhere(raw.get("metadata", {}).get("annotations", {})):
        return
    rules = spec.get("rules", ())
    if spec.get("tls"):
        yield from _uncovered(rules, spec["tls"])
    elif rules or spec.get("defaultBackend") or spec.get("backend"):
        hosts = ", ".join(dict.fromkeys(f"`{rule['host']}`" for rule in rules if rule.get("host"))) or "every host"
        yield Fault(
            ("spec", "tls"),
            f"serves {hosts} over plain HTTP: add an entry under `spec.tls` with the hosts and the Secret of "
            "their certificate",
        )


def _ends_elsewhere(annotations: dict[str, str]) -> bool:
    return not _TLS_ELSEWHERE.isdisjoint(annotations) or annotations.get(_TRAEFIK) == "true"


def _uncovered(rules: Iterable[dict[str, Any]], tls: list[dict[str, Any]]) -> Iterable[Fault]:
    if any(not entry.get("hosts") for entry in tls):
        return
    hosts = frozenset(host.lower() for entry in tls for host in entry["hosts"])
    for index, rule in enumerate(rules):
        host = rule.get("host", "").lower()
        if host not in hosts and "*." + host.partition(".")[2] not in hosts:
            name = f"`{host}`" if host else "hosts that no other rule names"
            yield Fault(
                ("spec", "rules", index, "host"),
                f"serves {name} over plain HTTP, since no entry of `spec.tls` covers it: "
                "add it to the `hosts` of one",
            )


check = Check(
    id="ingress-without-tls",
    judges="object",
    kinds=(GroupKind("networking.k8s.io", "Ingress"), GroupKind("extensions", "Ingress")),
    severity="medium",
    find=_find,
    references=("https://kubernetes.io/docs/concepts/services-networking/ingress/#tls",),
)
