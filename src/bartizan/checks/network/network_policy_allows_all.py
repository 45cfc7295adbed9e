"""Network policy lets everybody in.

A NetworkPolicy whose rule names neither who nor which port allows everything that it seems to close. Allowing
rules add up: no other policy can take it back. The pods look guarded, and are open.

**Looks at** the ingress rules of NetworkPolicies that hold for ingress. A rule without `from` and `ports`
lets everybody in, from outside the cluster too. A rule without `ports` whose `from` has an empty
`namespaceSelector`, and no `podSelector` with a condition, lets every pod in, and weighs `low`.

**Instead** name who may come, and to which port:

```yaml
ingress:
  - from:
      - podSelector: {matchLabels: {app: web}}
    ports: [{port: 8080}]
```

**Misses** rules that name a port and nobody, which a public program needs; several rules that allow
everything together; egress rules, which `unrestricted-egress` looks at.
"""

from collections.abc import Iterable
from typing import Any

from bartizan.checks.check import Check, Context, Fault
from bartizan.checks.network._policy import POLICIES, REFERENCE, governs, spec_of
from bartizan.model.resource import Resource
from bartizan.model.selector import is_empty


def _find(policy: Resource, _context: Context) -> Iterable[Fault]:
    spec = spec_of(policy)
    if not governs(spec, "Ingress"):
        return
    for index, rule in enumerate(spec.get("ingress", ())):
        if rule.get("ports"):
            continue
        if not rule.get("from"):
            yield Fault(
                ("spec", "ingress", index),
                "lets everybody in to every port, from outside the cluster too: name who may come in `from`, and "
                "the port in `ports`",
            )
        elif any(_every_pod(peer) for peer in rule["from"]):
            yield Fault(
                ("spec", "ingress", index, "from"),
                "lets every pod of the cluster in to every port: give `namespaceSelector` or `podSelector` a label, "
                "and name the port in `ports`",
                severity="low",
            )


def _every_pod(peer: dict[str, Any]) -> bool:
    namespaces = peer.get("namespaceSelector")
    return namespaces is not None and is_empty(namespaces) and is_empty(peer.get("podSelector", {}))


check = Check(
    id="network-policy-allows-all",
    judges="object",
    kinds=POLICIES,
    severity="medium",
    find=_find,
    references=(REFERENCE,),
)
