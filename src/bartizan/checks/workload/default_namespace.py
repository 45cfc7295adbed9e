"""Object is put into the default namespace.

In `default` everything meets that nobody has assigned: quotas, network policies and roles cannot be cut to
one program there, and whoever may work there may work on all of it.

**Looks at** `metadata.namespace: default` as it is written, in objects of every kind that has a namespace.
What Kubernetes itself keeps there passes: the Service `kubernetes` with its endpoints, the ServiceAccount
`default`, the ConfigMap `kube-root-ca.crt`, events and leases. An object whose namespace is not written passes
as well, since Helm, Kustomize and `kubectl --namespace` fill it in; with the parameter `unwritten` those of
Kubernetes' own kinds count.

**Instead** give each program a namespace of its own:

```yaml
metadata:
  name: web
  namespace: shop
```

**Misses** files that are applied to `default` because nobody says otherwise.
"""

from collections.abc import Iterable

import msgspec

from bartizan.checks.check import Check, Context, Fault
from bartizan.model.resource import GroupKind, Resource
from bartizan.model.shape import TEXT, Fields, conform

_OBJECT = Fields({"metadata": Fields({"namespace": TEXT})})
_NAMESPACED = {
    "": "ConfigMap Endpoints Event LimitRange PersistentVolumeClaim Pod PodTemplate ReplicationController "
    "ResourceQuota Secret Service ServiceAccount",
    "apps": "ControllerRevision DaemonSet Deployment ReplicaSet StatefulSet",
    "autoscaling": "HorizontalPodAutoscaler",
    "batch": "CronJob Job",
    "coordination.k8s.io": "Lease LeaseCandidate",
    "discovery.k8s.io": "EndpointSlice",
    "events.k8s.io": "Event",
    "extensions": "DaemonSet Deployment Ingress NetworkPolicy ReplicaSet",
    "networking.k8s.io": "Ingress NetworkPolicy",
    "policy": "PodDisruptionBudget",
    "rbac.authorization.k8s.io": "Role RoleBinding",
    "resource.k8s.io": "ResourceClaim ResourceClaimTemplate",
    "storage.k8s.io": "CSIStorageCapacity",
}
_CLUSTER_WIDE = frozenset(
    {
        "admissionregistration.k8s.io",
        "apiextensions.k8s.io",
        "apiregistration.k8s.io",
        "certificates.k8s.io",
        "flowcontrol.apiserver.k8s.io",
        "internal.apiserver.k8s.io",
        "node.k8s.io",
        "scheduling.k8s.io",
        "storagemigration.k8s.io",
    }
)
"""Groups of Kubernetes none of whose kinds has a namespace."""
_KINDS = frozenset(GroupKind(group, kind) for group, kinds in _NAMESPACED.items() for kind in kinds.split())
_OWN_NAMES = frozenset(
    {
        (GroupKind("", "ConfigMap"), "kube-root-ca.crt"),
        (GroupKind("", "Endpoints"), "kubernetes"),
        (GroupKind("", "Service"), "kubernetes"),
        (GroupKind("", "ServiceAccount"), "default"),
        (GroupKind("discovery.k8s.io", "EndpointSlice"), "kubernetes"),
    }
)
_OWN_KINDS = frozenset(
    {
        GroupKind("", "Event"),
        GroupKind("coordination.k8s.io", "Lease"),
        GroupKind("events.k8s.io", "Event"),
    }
)


class Params(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What counts as the default namespace."""

    unwritten: bool = False
    """Whether an object of Kubernetes' own kinds whose namespace is not written counts too."""


def _find(resource: Resource, context: Context) -> Iterable[Fault]:
    namespace = conform(resource.raw, _OBJECT, (), []).get("metadata", {}).get("namespace", "")
    kind = resource.group_kind
    if kind in _OWN_KINDS or (kind, resource.name) in _OWN_NAMES:
        return
    if namespace == "default" and (kind in _KINDS or not _is_of_kubernetes(kind)):
        yield Fault(
            ("metadata", "namespace"),
            "stands in the namespace `default`: set `metadata.namespace` to one of its own",
        )
    elif not namespace and context.params.unwritten and kind in _KINDS:
        yield Fault(
            ("metadata", "namespace"),
            "has no namespace, so it may end in `default`: set `metadata.namespace` to one of its own",
        )


def _is_of_kubernetes(kind: GroupKind) -> bool:
    """Whether the group is one whose kinds are all known here; of others only the object itself tells."""
    return kind.group in _NAMESPACED or kind.group in _CLUSTER_WIDE


check = Check(
    id="default-namespace",
    judges="object",
    severity="low",
    persona="audit",
    find=_find,
    params=Params,
    references=("https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/",),
)
