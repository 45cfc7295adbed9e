"""Network policy lets its pods out to the whole internet.

An `ipBlock` of every address in an egress rule leaves a program that was taken over free to fetch its tools
and to send away what it finds. A port does not hold it up: port 443 leads everywhere.

**Looks at** `ipBlock.cidr` in the egress rules of NetworkPolicies that hold for egress: a range of the prefix
length 0, such as `0.0.0.0/0` or `::/0`, whatever `except` takes out of it. It weighs `low`, and `info` where
the rule names ports.

**Instead** name the ranges that the program needs, or send it through a proxy that knows the names:

```yaml
egress:
  - to: [{podSelector: {matchLabels: {app: egress-proxy}}}]
    ports: [{port: 3128}]
```

**Misses** several ranges that are everything together; a rule without `to`, which `unrestricted-egress` tells.
"""

from collections.abc import Iterable

from bartizan.checks.check import Check, Context, Fault
from bartizan.checks.network._policy import POLICIES, REFERENCE, governs, spec_of
from bartizan.model.resource import Resource


def _find(policy: Resource, _context: Context) -> Iterable[Fault]:
    spec = spec_of(policy)
    if not governs(spec, "Egress"):
        return
    for index, rule in enumerate(spec.get("egress", ())):
        for place, peer in enumerate(rule.get("to", ())):
            cidr = peer.get("ipBlock", {}).get("cidr", "")
            if cidr.endswith("/0"):
                yield Fault(
                    ("spec", "egress", index, "to", place, "ipBlock", "cidr"),
                    f"lets its pods connect to every address of `{cidr}`: name the ranges that they need, or send "
                    "them through a proxy",
                    severity="info" if rule.get("ports") else None,
                )


check = Check(
    id="egress-open-to-internet",
    judges="object",
    kinds=POLICIES,
    severity="low",
    persona="audit",
    find=_find,
    references=(REFERENCE,),
)
