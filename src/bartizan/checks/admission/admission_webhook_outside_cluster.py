"""Admission webhook is outside the cluster.

Each object that the webhook asks for leaves the cluster, Secrets included, and the answer decides what may
run. Who holds the address, its name or its certificate then holds the cluster, and an outage there is one
here.

**Looks at** `clientConfig.url` of each webhook in ValidatingWebhookConfigurations and
MutatingWebhookConfigurations. Names that end in `.svc` or `.svc.cluster.local`, and a webhook on the control
plane's own node (`localhost`, `127.0.0.1`), pass.

**Instead** run it in the cluster, and name its Service:

```yaml
clientConfig:
  service: {namespace: policy, name: webhook, path: /validate}
  caBundle: LS0tLS1CRUdJTi...
```

**Misses** a Service that leads outside, by `externalName` or by endpoints of its own.
"""

import re
from collections.abc import Iterable

from bartizan.checks.admission._webhook import MUTATING, REFERENCE, VALIDATING, title, webhooks
from bartizan.checks.check import Check, Context, Fault
from bartizan.model.resource import Resource

_INSIDE = (".svc", ".svc.cluster.local")
_HERE = frozenset({"localhost", "127.0.0.1", "[::1]"})
_HOST = re.compile(r"https://(\[[0-9a-f:.]+\]|[a-z0-9.-]+)(:[0-9]*)?(/|$)")
"""All that the API server accepts: no user, no question, no fragment."""


def _find(configuration: Resource, _context: Context) -> Iterable[Fault]:
    for index, webhook in webhooks(configuration):
        url = webhook.get("clientConfig", {}).get("url", "")
        if url and not _is_inside(url):
            yield Fault(
                ("webhooks", index, "clientConfig", "url"),
                f"webhook `{title(index, webhook)}` gets what it judges at an address outside the cluster: run it "
                "inside, and name it in `clientConfig.service`",
            )


def _is_inside(url: str) -> bool:
    found = _HOST.match(url.lower())
    if found is None:
        return False  # the API server refuses it; nobody can say where it leads
    host = found[1].rstrip(".")
    return host in _HERE or host.endswith(_INSIDE)


check = Check(
    id="admission-webhook-outside-cluster",
    judges="object",
    kinds=(VALIDATING, MUTATING),
    severity="medium",
    persona="strict",
    find=_find,
    references=(REFERENCE,),
)
