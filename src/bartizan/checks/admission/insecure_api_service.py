"""Aggregated API is reached without checking who answers.

The API server passes requests for the group on to the Service, with the caller's name. Without a check of
the certificate whoever can answer in the Service's place, from a pod on the way, reads those requests and
makes up the answers: numbers that scale workloads, or a redirect to somewhere else (CVE-2022-3172).

**Looks at** `insecureSkipTLSVerify` of APIServices that name a `service`. Without one the API server answers
itself, and the field means nothing.

**Instead** give the certificate of the authority that signs for the Service (cert-manager can write it in):

```yaml
spec:
  caBundle: LS0tLS1CRUdJTi...
  service: {name: metrics-server, namespace: kube-system}
```

**Misses** whether `caBundle` belongs to the Service, and what the API server's version does with redirects.
"""

from collections.abc import Iterable

from bartizan.checks.check import Check, Context, Fault
from bartizan.model.resource import GroupKind, Resource
from bartizan.model.shape import FLAG, Fields, conform

_SHAPE = Fields({"spec": Fields({"insecureSkipTLSVerify": FLAG, "service": Fields({})})})


def _find(resource: Resource, _context: Context) -> Iterable[Fault]:
    spec = conform(resource.raw, _SHAPE, (), []).get("spec", {})
    if spec.get("insecureSkipTLSVerify") and spec.get("service") is not None:
        yield Fault(
            ("spec", "insecureSkipTLSVerify"),
            "the API server does not check who answers for this API: remove `insecureSkipTLSVerify`, and set "
            "`caBundle` to the certificate of the authority that signs for the Service",
        )


check = Check(
    id="insecure-api-service",
    judges="object",
    kinds=(GroupKind("apiregistration.k8s.io", "APIService"),),
    severity="medium",
    find=_find,
    references=(
        "https://kubernetes.io/docs/tasks/extend-kubernetes/configure-aggregation-layer/",
        "https://nvd.nist.gov/vuln/detail/CVE-2022-3172",
    ),
)
