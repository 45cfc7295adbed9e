"""Service selects no pod.

A Service whose selector fits no pod answers nobody. Mostly a label was renamed at one of the two places. And
whoever may start a pod with those labels gets the requests, with the passwords in them.

**Looks at** `selector` of Services and the pods of their namespace among the scanned objects: those of
Deployments, StatefulSets, DaemonSets, Jobs, Rollouts and the like, and Pods. Labels that controllers add
(`statefulset.kubernetes.io/pod-name`) are taken as there, and a selector with a label of a well-known operator
(`strimzi.io/cluster`) passes. A Service without selector or of type ExternalName passes, and so does one in
whose namespace no pod was scanned, unless the parameter `complete` says that everything was.

**Instead** write the labels of the pods:

```yaml
spec:
  selector: {app: web}
```

**Misses** pods that something else makes: an operator from its own kind of object, or files that were not scanned.
The finding then asks for what exists. An object whose namespace is not written may stand in any.
"""

from collections.abc import Iterable

from bartizan.checks.check import CannotTell, Check, Context, Fault
from bartizan.checks.reference._named import Params
from bartizan.checks.reference._service import own_selector, service_spec
from bartizan.model.resource import GroupKind, Resource
from bartizan.model.scanned_pods import made_by_an_operator, scanned_pods


def _find(service: Resource, context: Context) -> Iterable[Fault]:
    labels = own_selector(service_spec(service))
    selector = {"matchLabels": labels}
    pods = context.lookups.derive(scanned_pods)
    space = service.namespace
    if not labels or made_by_an_operator(selector) or not (pods.known(space) or context.params.complete):
        return
    if next(pods.selected(space, selector), None) is not None:
        return
    if space in pods.broken:
        raise CannotTell(pods.broken[space], "lookup-failed")
    yield Fault(
        ("spec", "selector"),
        "selects no pod among the scanned objects of its namespace, so nobody answers: write the labels of the "
        "pods that it is for",
    )


check = Check(
    id="dangling-service",
    judges="object",
    kinds=(GroupKind("", "Service"),),
    severity="low",
    confidence="medium",
    persona="audit",
    find=_find,
    needs=("inventory",),
    params=Params,
    references=("https://kubernetes.io/docs/concepts/services-networking/service/",),
)
