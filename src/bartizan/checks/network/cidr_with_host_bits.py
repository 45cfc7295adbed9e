"""Address range of a network policy has host bits.

In `10.0.0.5/24` the writer meant one address or the whole range: nobody can tell. Network plug-ins read it
as the range, so the rule lets in, or out, up to all of its neighbours.

**Looks at** `cidr` and `except` of each `ipBlock` in NetworkPolicies: an address must be the first of its
range. A value that is no range at all is found too: the API server refuses it.

**Instead** write the range, or the one address with its full length:

```yaml
ipBlock: {cidr: 10.0.0.0/24}
ipBlock: {cidr: 10.0.0.5/32}
```

There is no automatic fix: only you know which one was meant.

**Misses** ranges in policies of other kinds.
"""

import ipaddress
from collections.abc import Iterable, Iterator

from bartizan.checks.check import Check, Context, Fault
from bartizan.checks.network._policy import POLICIES, REFERENCE, spec_of
from bartizan.model.path import Path
from bartizan.model.resource import Resource

_SIDES = (("ingress", "from"), ("egress", "to"))


def _find(policy: Resource, _context: Context) -> Iterable[Fault]:
    for path, cidr in _ranges(policy):
        problem = _problem(cidr)
        if problem:
            yield Fault(path, problem)


def _ranges(policy: Resource) -> Iterator[tuple[Path, str]]:
    spec = spec_of(policy)
    for direction, peers in _SIDES:
        for index, rule in enumerate(spec.get(direction, ())):
            for place, peer in enumerate(rule.get(peers, ())):
                block = peer.get("ipBlock", {})
                path = ("spec", direction, index, peers, place, "ipBlock")
                if "cidr" in block:
                    yield (*path, "cidr"), block["cidr"]
                for number, cidr in enumerate(block.get("except", ())):
                    yield (*path, "except", number), cidr


def _problem(cidr: str) -> str:
    try:
        meant = ipaddress.ip_interface(cidr)
    except ValueError:
        return f"`{cidr}` is no address range: write one such as `10.0.0.0/24`"
    if not cidr.partition("/")[2].isdecimal():  # none, or a mask such as 255.255.255.0
        return f"`{cidr}` is no address range: write `{meant}`"
    if meant.ip != meant.network.network_address:
        return (
            f"`{cidr}` is read as the range `{meant.network}`: write that, or `{meant.ip}/{meant.max_prefixlen}` "
            "for the one address"
        )
    return ""


check = Check(
    id="cidr-with-host-bits",
    judges="object",
    kinds=POLICIES,
    severity="low",
    persona="audit",
    find=_find,
    references=(REFERENCE,),
)
