"""Network policies of other kinds than Kubernetes' own, which are not read yet."""

from bartizan.model.resource import Resource
from bartizan.model.review import Lookups

OF_NAMESPACE = (
    ("cilium.io", "CiliumNetworkPolicy"),
    ("crd.projectcalico.org", "NetworkPolicy"),
    ("projectcalico.org", "NetworkPolicy"),
    ("crd.antrea.io", "NetworkPolicy"),
)
OF_CLUSTER = (
    ("cilium.io", "CiliumClusterwideNetworkPolicy"),
    ("crd.projectcalico.org", "GlobalNetworkPolicy"),
    ("projectcalico.org", "GlobalNetworkPolicy"),
    ("crd.antrea.io", "ClusterNetworkPolicy"),
    ("policy.networking.k8s.io", "AdminNetworkPolicy"),
    ("policy.networking.k8s.io", "BaselineAdminNetworkPolicy"),
    ("policy.networking.k8s.io", "ClusterNetworkPolicy"),
)


def first_other(lookups: Lookups, namespace: str) -> Resource | None:
    """Some policy of another kind that may hold in the namespace."""
    for group, kind in OF_NAMESPACE:
        for policy in lookups.objects(group, kind, namespace):
            return policy
    for group, kind in OF_CLUSTER:
        for policy in lookups.objects(group, kind):
            return policy
    return None
