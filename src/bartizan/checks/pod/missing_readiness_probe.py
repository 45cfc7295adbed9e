"""Container says that it lives, not that it can serve.

Kubernetes sends requests to every container that is ready, and one without a readiness probe is ready from its
first moment: clients meet a program that is still loading, or has lost its database. This is about reliability,
hence an opinion for those who ask for it (persona `audit`).

**Looks at** containers with at least one probe and no `readinessProbe`; those without any are told by
`missing-probes`. As there, regular containers of workloads that are meant to run on.

**Instead** let the program say when it can serve:

```yaml
readinessProbe:
  httpGet: {path: /ready, port: http}
```

**Misses** whether the probe that is there tells the truth.
"""

from collections.abc import Iterable

from bartizan.checks.check import Check, Context, Fault
from bartizan.checks.pod._probes import REFERENCE, has_probe, runs_on
from bartizan.model.workload import Container


def _find(container: Container, _context: Context) -> Iterable[Fault]:
    if not container.raw.get("readinessProbe") and has_probe(container) and runs_on(container):
        yield Fault(
            (*container.path, "readinessProbe"),
            f"container `{container.name}` has probes, and none that tells when it can serve: add a `readinessProbe`",
        )


check = Check(
    id="missing-readiness-probe",
    judges="container",
    severity="info",
    persona="audit",
    find=_find,
    references=(REFERENCE,),
)
