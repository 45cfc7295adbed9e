"""Load balancer serves plain HTTP only.

Everyone on the way reads and changes what passes: passwords, sessions, pages. A browser cannot tell whether
it talks to you at all.

**Looks at** Services of type LoadBalancer all of whose ports speak HTTP: port 80, 8000, 8080, or a `name` or
`appProtocol` that says HTTP. Beside a port for HTTPS (443, 8443, or by name) port 80 mostly redirects, and
passes. A certificate that an annotation gives to the load balancer of AWS, Alibaba, DigitalOcean,
Hetzner or Oracle passes too. An internal load balancer weighs `low`.

**Instead** publish the Service through an Ingress or a Gateway that ends TLS, or let the load balancer do it:

```yaml
metadata:
  annotations:
    service.beta.kubernetes.io/aws-load-balancer-ssl-cert: arn:aws:acm:eu-central-1:111122223333:certificate/x
    service.beta.kubernetes.io/aws-load-balancer-ssl-ports: "443"
spec:
  type: LoadBalancer
  ports:
    - {name: https, port: 443, targetPort: 8080}
```

**Misses** HTTP on other ports, and other protocols without encryption; TLS behind a port named after HTTP; a
port 80 beside HTTPS that serves pages.
"""

from collections.abc import Iterable
from typing import Any

from bartizan.checks.check import Check, Context, Fault
from bartizan.checks.network._load_balancer import SERVICE, is_internal
from bartizan.model.resource import GroupKind, Resource
from bartizan.model.shape import conform

_HTTP_PORTS = frozenset({80, 8000, 8080})
_HTTPS_PORTS = frozenset({443, 8443})
_HTTP = frozenset({"http", "http2", "kubernetes.io/h2c", "kubernetes.io/ws"})
_ENCRYPTED = ("https", "tls", "ssl", "wss")
_CERTIFICATES = frozenset(
    {
        "service.beta.kubernetes.io/aws-load-balancer-ssl-cert",
        "service.beta.kubernetes.io/do-loadbalancer-certificate-id",
        "service.beta.kubernetes.io/do-loadbalancer-certificate-name",
        "service.beta.kubernetes.io/oci-load-balancer-tls-secret",
        "service.beta.kubernetes.io/alibaba-cloud-loadbalancer-cert-id",
        "load-balancer.hetzner.cloud/http-certificates",
        "load-balancer.hetzner.cloud/certificate-type",
    }
)


def _find(resource: Resource, _context: Context) -> Iterable[Fault]:
    raw = conform(resource.raw, SERVICE, (), [])
    spec, annotations = raw.get("spec", {}), raw.get("metadata", {}).get("annotations", {})
    ports = spec.get("ports", ()) if spec.get("type") == "LoadBalancer" else ()
    if ports and all(_speaks_http(port) for port in ports) and _CERTIFICATES.isdisjoint(annotations):
        numbers = ", ".join(str(port.get("port", "?")) for port in ports)
        yield Fault(
            ("spec", "ports"),
            f"its load balancer serves plain HTTP on {numbers}: publish the Service through an Ingress or a Gateway "
            "with TLS, or give the load balancer a certificate by the annotation of your cloud",
            severity="low" if is_internal(annotations) else None,
        )


def _speaks_http(port: dict[str, Any]) -> bool:
    number, name, protocol = port.get("port"), port.get("name", "").lower(), port.get("appProtocol", "").lower()
    encrypted = number in _HTTPS_PORTS or any(word in name or word in protocol for word in _ENCRYPTED)
    if encrypted or port.get("protocol", "TCP") != "TCP":
        return False
    return number in _HTTP_PORTS or (protocol or name.partition("-")[0]) in _HTTP


check = Check(
    id="plain-text-load-balancer",
    judges="object",
    kinds=(GroupKind("", "Service"),),
    severity="medium",
    confidence="medium",
    persona="strict",
    find=_find,
    references=("https://kubernetes.io/docs/concepts/services-networking/service/#application-protocol",),
)
