"""Pod overrides names by host aliases.

`hostAliases` writes lines into the `/etc/hosts` of every container, which counts before DNS. The name of an
update server or of a bank then leads where the manifest says, and nobody sees it in DNS. Addresses that are
written down are also the ones that are wrong after the next move.

**Looks at** `hostAliases` of the pod. Each entry with a name is a finding of its own.

**Instead** let DNS answer. A name for something outside the cluster is a Service:

```yaml
apiVersion: v1
kind: Service
metadata: {name: database}
spec:
  type: ExternalName
  externalName: db.example
```

**Misses** programs that write `/etc/hosts` themselves, and `dnsConfig`, which sends all questions elsewhere.
"""

from collections.abc import Iterable

from bartizan.checks.check import Check, Context, Fault
from bartizan.model.workload import PodView


def _find(pod: PodView, _context: Context) -> Iterable[Fault]:
    for index, alias in enumerate(pod.spec.get("hostAliases", ())):
        if names := alias.get("hostnames"):
            yield Fault(
                (*pod.spec_path, "hostAliases", index),
                f"in this pod {', '.join(f'`{name}`' for name in names)} is `{alias.get('ip', '')}`, whatever DNS "
                "says: remove the entry from `hostAliases`, and let DNS or a Service answer",
            )


check = Check(
    id="host-aliases",
    judges="pod",
    severity="info",
    persona="audit",
    find=_find,
    references=("https://kubernetes.io/docs/tasks/network/customize-hosts-file-for-pods/",),
)
