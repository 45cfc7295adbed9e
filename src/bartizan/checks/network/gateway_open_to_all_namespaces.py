"""Gateway takes routes from every namespace.

Who may write a route in any namespace then publishes on this gateway's addresses and names, and takes over a
host name that another team has not claimed yet, or a longer path of one that it has.

**Looks at** `allowedRoutes.namespaces.from` of the listeners of `gateway.networking.k8s.io` Gateways: `All` is a
finding, and weighs less on a listener for one host name. Without the field the Gateway API takes routes from the
Gateway's own namespace alone.

**Instead** choose the namespaces by a label that only administrators set:

```yaml
allowedRoutes:
  namespaces:
    from: Selector
    selector: {matchLabels: {gateway-access: public}}
```

**Misses** a selector that matches every namespace; who may create routes.
"""

from collections.abc import Iterable

from bartizan.checks.check import Check, Context, Fault
from bartizan.model.resource import GroupKind, Resource
from bartizan.model.shape import TEXT, Fields, ListOf, conform

_GATEWAY = Fields(
    {
        "spec": Fields(
            {
                "listeners": ListOf(
                    Fields(
                        {
                            "allowedRoutes": Fields({"namespaces": Fields({"from": TEXT})}),
                            "hostname": TEXT,
                            "name": TEXT,
                        }
                    )
                )
            }
        )
    }
)


def _find(resource: Resource, _context: Context) -> Iterable[Fault]:
    listeners = conform(resource.raw, _GATEWAY, (), []).get("spec", {}).get("listeners", ())
    for index, listener in enumerate(listeners):
        if listener.get("allowedRoutes", {}).get("namespaces", {}).get("from") != "All":
            continue
        host: str = listener.get("hostname", "")
        narrow = bool(host) and not host.startswith("*")
        yield Fault(
            ("spec", "listeners", index, "allowedRoutes", "namespaces", "from"),
            f"listener `{listener.get('name', index)}` takes routes from every namespace: choose them with "
            "`from: Selector` and a label that only administrators set",
            severity="low" if narrow else None,
        )


check = Check(
    id="gateway-open-to-all-namespaces",
    judges="object",
    kinds=(GroupKind("gateway.networking.k8s.io", "Gateway"),),
    severity="medium",
    persona="strict",
    find=_find,
    references=("https://gateway-api.sigs.k8s.io/guides/multiple-ns/",),
)
