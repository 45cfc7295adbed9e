"""Pod needs a ConfigMap or Secret that is not there.

A container does not start while a ConfigMap, a Secret or a key that it names is missing. Often the object was
renamed, or stands in another namespace, where a pod cannot reach it.

**Looks at** `env`, `envFrom` and the volumes of every pod, and the ConfigMaps and Secrets of the namespace
among the scanned objects. What is `optional` passes. Objects that controllers turn into Secrets count as such:
SealedSecret, ExternalSecret, Certificate, VaultStaticSecret, VaultDynamicSecret and OnePasswordItem. Where
none was scanned in the namespace it passes, unless the parameter `complete` says that everything was. A key
is looked for where the object itself was scanned.

**Instead** name what exists, or say that the program can do without:

```yaml
env:
  - name: GREETING
    valueFrom:
      configMapKeyRef: {name: web, key: greeting, optional: true}
```

**Misses** what is applied from elsewhere: the finding then asks for what exists, hence its low confidence. Items
of volumes are not followed to their keys. An object whose namespace is not written may stand in any.
"""

from collections.abc import Iterable

from bartizan.checks.check import Check, Context, Fault
from bartizan.checks.reference._config import Need, config_maps, has_key, needed, secrets
from bartizan.checks.reference._named import Named, Params
from bartizan.model.workload import PodView


def _find(pod: PodView, context: Context) -> Iterable[Fault]:
    told: set[tuple[str, str, str]] = set()
    for need in needed(pod):
        scanned = context.lookups.derive(config_maps if need.kind == "ConfigMap" else secrets)
        fault = _fault(need, pod.resource.namespace, scanned, context)
        about = need.kind, need.name, need.key if fault and fault.path[-1] == "key" else ""
        if fault is not None and about not in told:
            told.add(about)
            yield fault


def _fault(need: Need, namespace: str, scanned: Named, context: Context) -> Fault | None:
    found = scanned.find(namespace, need.name)
    if found:
        if not need.key or any(has_key(resource, need.key) for resource in found):
            return None
        return Fault(
            (*need.path, "key"),
            f"{need.kind} `{need.name}` has no key `{need.key}`, and without it the container does not start: add "
            "it, name another, or set `optional: true`",
            confidence="medium",
        )
    if not (scanned.known(namespace) or context.params.complete):
        return None
    return Fault(
        (*need.path, need.field),
        f"no {need.kind} `{need.name}` is among the scanned objects of the namespace, and without it the pod does "
        "not start: add it, name one that is there, or set `optional: true`",
    )


check = Check(
    id="missing-config-reference",
    judges="pod",
    severity="low",
    confidence="low",
    persona="audit",
    find=_find,
    needs=("inventory",),
    params=Params,
    references=("https://kubernetes.io/docs/tasks/configure-pod-container/configure-pod-configmap/",),
)
