"""What a right leads to beyond itself: the powers that checks and escalation paths look for."""

from itertools import product

from bartizan.access.rule import RBAC, Power


def powers(verbs: str, group: str, resources: str) -> tuple[Power, ...]:
    """Each verb on each resource of a group, from words."""
    return tuple((verb, group, resource) for resource, verb in product(resources.split(), verbs.split()))


ADMISSION = "admissionregistration.k8s.io"
CERTIFICATES = "certificates.k8s.io"

SECRETS = powers("get list watch", "", "secrets")
"""Reads Secrets."""

SECRETS_WRITTEN = powers("create update patch delete deletecollection", "", "secrets")
"""Replaces Secrets, or makes one that holds the token of another account."""

CREATE_SINCE = 35
"""The minor from which on a WebSocket to a pod asks for `create` as well; before, it starts with `get` alone."""

_ENTRY = (*powers("create", "", "pods/exec pods/attach"), *powers("update patch", "", "pods/ephemeralcontainers"))
_ENTRY_BY_GET = powers("get", "", "pods/exec pods/attach")


def entry(minor: int) -> tuple[Power, ...]:
    """Runs commands in containers that others have started, by Kubernetes 1.`minor`."""
    return _ENTRY if minor >= CREATE_SINCE else (*_ENTRY, *_ENTRY_BY_GET)


NODE_PROXY = powers("create get", "", "nodes/proxy")
"""Speaks with the kubelet, which runs commands in every container of its node."""

_TUNNEL = powers("create", "", "pods/portforward")
_TUNNEL_BY_GET = powers("get", "", "pods/portforward")
_PROXIES = powers("create get update patch", "", "pods/proxy services/proxy")


def forwarding(minor: int) -> tuple[Power, ...]:
    """Reaches ports of pods past every NetworkPolicy, by Kubernetes 1.`minor`."""
    return (*_TUNNEL, *(() if minor >= CREATE_SINCE else _TUNNEL_BY_GET), *_PROXIES)


GRANTING = powers("escalate bind", RBAC, "roles clusterroles")
"""Gives rights that the giver does not have."""

IMPERSONATION = (
    *powers("impersonate", "", "users groups serviceaccounts"),
    *powers("impersonate", "authentication.k8s.io", "uids"),
)
"""Acts as somebody else."""

TOKENS = powers("create", "", "serviceaccounts/token")
"""Makes tokens for other ServiceAccounts."""

STARTING = (
    *powers("create update patch", "", "pods replicationcontrollers"),
    *powers("create update patch", "apps", "deployments daemonsets statefulsets replicasets"),
    *powers("create update patch", "batch", "jobs cronjobs"),
)
"""Starts pods, which may run as any ServiceAccount of the namespace and mount any of its Secrets.

An `update` of a running pod gives it another image, and so the ServiceAccount that it has to another program.
"""

MUTATING = (
    *powers(
        "create update patch",
        ADMISSION,
        "mutatingwebhookconfigurations mutatingadmissionpolicies mutatingadmissionpolicybindings",
    ),
    *powers("create update patch", "apiregistration.k8s.io", "apiservices"),
)
"""Changes what others write on its way into the cluster, or answers in the place of the API server."""

ADMITTING = (*MUTATING, *powers("create update patch", ADMISSION, "validatingwebhookconfigurations"))
"""Puts a program of one's own into the way of requests: it sees what others write, Secrets included."""

DISARMING = (
    *powers("delete deletecollection", ADMISSION, "mutatingwebhookconfigurations validatingwebhookconfigurations"),
    *powers(
        "create update patch delete deletecollection",
        ADMISSION,
        "validatingadmissionpolicies validatingadmissionpolicybindings",
    ),
    *powers("delete deletecollection", ADMISSION, "mutatingadmissionpolicies mutatingadmissionpolicybindings"),
    *powers("delete deletecollection", "apiregistration.k8s.io", "apiservices"),
)
"""Takes away what keeps dangerous objects out."""

ROLES_WRITTEN = powers("create update patch", RBAC, "roles clusterroles rolebindings clusterrolebindings")
"""Changes who may do what, as far as the writer may do it already."""

_WRITING = "create update patch delete deletecollection"
POLICIES = (
    *powers(_WRITING, "networking.k8s.io", "networkpolicies"),
    *powers(_WRITING, "policy.networking.k8s.io", "adminnetworkpolicies baselineadminnetworkpolicies"),
    *powers(_WRITING, "policy.networking.k8s.io", "clusternetworkpolicies"),
    *powers(_WRITING, "cilium.io", "ciliumnetworkpolicies ciliumclusterwidenetworkpolicies"),
    *powers(_WRITING, "crd.projectcalico.org", "networkpolicies globalnetworkpolicies"),
    *powers(_WRITING, "projectcalico.org", "networkpolicies globalnetworkpolicies"),
    *powers(_WRITING, "crd.antrea.io", "networkpolicies clusternetworkpolicies"),
)
"""Opens ways that a policy had closed."""

APPROVAL = powers("update patch", CERTIFICATES, "certificatesigningrequests/approval")
"""Has certificates signed, for signers that `SIGNERS` names."""

SIGNERS = powers("approve sign", CERTIFICATES, "signers")
"""Decides for a signer which certificates it gives."""

ANY = (
    *SECRETS,
    *_ENTRY,
    *_ENTRY_BY_GET,
    *NODE_PROXY,
    *_TUNNEL,
    *_TUNNEL_BY_GET,
    *GRANTING,
    *IMPERSONATION,
    *TOKENS,
    *STARTING,
    *ADMITTING,
    *powers("create update patch", RBAC, "rolebindings clusterrolebindings"),
    *APPROVAL,
)
"""Each of these leads to further rights, by some version of Kubernetes at least."""

NAMESPACED = frozenset(
    {
        "ciliumnetworkpolicies",
        "configmaps",
        "cronjobs",
        "daemonsets",
        "deployments",
        "events",
        "jobs",
        "networkpolicies",
        "pods",
        "replicasets",
        "replicationcontrollers",
        "rolebindings",
        "roles",
        "secrets",
        "serviceaccounts",
        "services",
        "statefulsets",
    }
)
"""Resources of these powers that stand in a namespace: a Role reaches no others."""


def takes_effect(power: Power, *, everywhere: bool) -> bool:
    """Whether a role reaches what the power is about.

    `bind` is asked in the namespace of the binding, also for a ClusterRole. A request about one Namespace stands
    in that namespace, so that a Role may change its own.

    Args:
        power: What a rule of the role allows.
        everywhere: Whether it is a ClusterRole; a Role holds in its namespace only.
    """
    verb, _, resource = power
    if everywhere or resource.partition("/")[0] in NAMESPACED:
        return True
    return (verb, resource) == ("bind", "clusterroles") or (
        resource == "namespaces" and verb in ("update", "patch", "delete")
    )
