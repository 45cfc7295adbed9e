"""Network policy lets the whole internet in.

An `ipBlock` of every address opens the pods to whoever finds a way to the cluster's network: a load balancer
made by mistake, a node port, a peered network. What is meant to be public should stand behind one front
door, and only that needs the rule.

**Looks at** `ipBlock.cidr` in the ingress rules of NetworkPolicies that hold for ingress: a range of the
prefix length 0, such as `0.0.0.0/0` or `::/0`, whatever `except` takes out of it. Without `ports` in the rule
it weighs `medium`, else `low`.

**Instead** let in the pods of the front door, or the ranges that you know:

```yaml
ingress:
  - from:
      - namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: ingress}}
    ports: [{port: 8080}]
```

The front door itself deserves an exception that says so.

**Misses** several ranges that are everything together; a rule without `from`, which lets in more.
"""

from collections.abc import Iterable

from bartizan.checks.check import Check, Context, Fault
from bartizan.checks.network._policy import POLICIES, REFERENCE, governs, spec_of
from bartizan.model.resource import Resource


def _find(policy: Resource, _context: Context) -> Iterable[Fault]:
    spec = spec_of(policy)
    if not governs(spec, "Ingress"):
        return
    for index, rule in enumerate(spec.get("ingress", ())):
        for place, peer in enumerate(rule.get("from", ())):
            cidr = peer.get("ipBlock", {}).get("cidr", "")
            if cidr.endswith("/0"):
                yield Fault(
                    ("spec", "ingress", index, "from", place, "ipBlock", "cidr"),
                    f"lets in every address of `{cidr}`: name the ranges that need it, or let in the pods of the "
                    "front door by `namespaceSelector` and `podSelector`",
                    severity="low" if rule.get("ports") else None,
                )


check = Check(
    id="network-policy-open-to-internet",
    judges="object",
    kinds=POLICIES,
    severity="medium",
    persona="strict",
    find=_find,
    references=(REFERENCE,),
)
