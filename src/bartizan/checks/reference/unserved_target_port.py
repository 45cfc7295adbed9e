"""Service sends requests to a port that no pod declares.

By a port's name the requests go nowhere: Kubernetes finds no address for a name that no container declares.
By number they arrive, but at a port that nobody has announced, which is likely a mistake.

**Looks at** `targetPort` of Services (absent, 0 or empty means `port`) and `ports` of the containers in the pods that
they select among the scanned objects. A name must be declared with the same protocol, and weighs `low`. A
number weighs `info` with low confidence, and is looked at only where each of the pods declares some port:
declaring a number is otherwise a courtesy.

**Instead** name the port, at both places:

```yaml
kind: Service
spec:
  ports:
    - {port: 80, targetPort: http}
```

**Misses** whether the program listens there; pods that are not scanned, or that something else makes.
"""

from collections.abc import Iterable

from bartizan.checks.check import CannotTell, Check, Context, Fault
from bartizan.checks.reference._service import own_selector, service_spec
from bartizan.model.resource import GroupKind, Resource
from bartizan.model.scanned_pods import Ports, scanned_pods
from bartizan.model.shape import IllTypedField


def _find(service: Resource, context: Context) -> Iterable[Fault]:
    spec = service_spec(service)
    selector = own_selector(spec)
    wanted = [
        (index, item.get("targetPort") or item.get("port"), item.get("protocol", "TCP"))
        for index, item in enumerate(spec.get("ports", ()))
    ]
    if not selector:
        return
    served = _served(service, selector, context)
    for index, port, protocol in wanted:
        if port is None or not served.pods or (port, protocol) in served.declared:
            continue
        named = isinstance(port, str)
        _must_be_all(service, context)
        if named or served.complete:
            yield Fault(
                ("spec", "ports", index, "targetPort"),
                f"no pod that it selects declares {protocol} port `{port}`, so "
                f"{'requests go nowhere' if named else 'requests may go nowhere'}: write one of the names in `ports` "
                "of their containers",
                severity="low" if named else "info",
                confidence="medium" if named else "low",
                evidence=f"{port}/{protocol}",
            )


def _must_be_all(service: Resource, context: Context) -> None:
    """A pod that cannot be read may declare the port."""
    broken = context.lookups.derive(scanned_pods).broken.get(service.namespace)
    if broken:
        raise CannotTell(broken, "lookup-failed")


def _served(service: Resource, selector: dict[str, str], context: Context) -> Ports:
    try:
        return context.lookups.derive(scanned_pods).served(service.namespace, selector)
    except IllTypedField as error:
        message = f"a pod that it selects cannot be read: {error}"
        raise CannotTell(message, "lookup-failed") from error


check = Check(
    id="unserved-target-port",
    judges="object",
    kinds=(GroupKind("", "Service"),),
    severity="low",
    confidence="medium",
    persona="audit",
    find=_find,
    needs=("inventory",),
    references=("https://kubernetes.io/docs/concepts/services-networking/service/#field-spec-ports",),
)
