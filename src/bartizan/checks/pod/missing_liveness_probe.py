"""Container that hangs is left hanging.

A program in a deadlock goes on running and answers nobody: without a liveness probe Kubernetes never starts it
anew. A bad liveness probe is worse than none, since it kills programs that are merely busy; hence an opinion for
those who ask for it (persona `audit`).

**Looks at** containers with at least one probe and no `livenessProbe`; those without any are told by
`missing-probes`. As there, regular containers of workloads that are meant to run on.

**Instead** ask for a sign of life that only a hanging program fails to give:

```yaml
livenessProbe:
  httpGet: {path: /alive, port: http}
  failureThreshold: 6
```

**Misses** whether the probe that is there tells the truth.
"""

from collections.abc import Iterable

from bartizan.checks.check import Check, Context, Fault
from bartizan.checks.pod._probes import REFERENCE, has_probe, runs_on
from bartizan.model.workload import Container


def _find(container: Container, _context: Context) -> Iterable[Fault]:
    if not container.raw.get("livenessProbe") and has_probe(container) and runs_on(container):
        yield Fault(
            (*container.path, "livenessProbe"),
            f"container `{container.name}` has probes, and none that tells when it hangs: add a `livenessProbe`, "
            "patient enough not to kill a busy program",
        )


check = Check(
    id="missing-liveness-probe",
    judges="container",
    severity="info",
    persona="audit",
    find=_find,
    references=(REFERENCE,),
)
