"""What a right leads to beyond itself: the powers that the role checks look for."""

from itertools import product

from bartizan.checks.rbac._rbac import RBAC, Power


def _powers(verbs: str, group: str, resources: str) -> tuple[Power, ...]:
    return tuple((verb, group, resource) for resource, verb in product(resources.split(), verbs.split()))


SECRETS = _powers("get list watch", "", "secrets")
"""Reads Secrets."""

ENTRY = (
    *_powers("create get", "", "pods/exec pods/attach nodes/proxy"),
    *_powers("update patch", "", "pods/ephemeralcontainers"),
)
"""Runs commands in containers that others have started."""

FORWARDING = _powers("create get", "", "pods/portforward")
"""Reaches ports of pods past every NetworkPolicy."""

GRANTING = (
    *_powers("escalate bind", RBAC, "roles clusterroles"),
    *_powers("impersonate", "", "users groups serviceaccounts"),
    *_powers("impersonate", "authentication.k8s.io", "uids"),
    *_powers("create", "", "serviceaccounts/token"),
)
"""Gets the rights of others, or rights that nobody has given."""

STARTING = (
    *_powers("create update patch", "", "pods replicationcontrollers"),
    *_powers("create update patch", "apps", "deployments daemonsets statefulsets replicasets"),
    *_powers("create update patch", "batch", "jobs cronjobs"),
)
"""Starts pods, which may run as any ServiceAccount of the namespace and mount any of its Secrets."""

STEERING = (
    *_powers(
        "create update patch",
        "admissionregistration.k8s.io",
        "mutatingwebhookconfigurations validatingwebhookconfigurations mutatingadmissionpolicies",
    ),
    *_powers("create update patch", RBAC, "rolebindings clusterrolebindings"),
    *_powers("update patch", "certificates.k8s.io", "certificatesigningrequests/approval"),
)
"""Changes what the API server lets in, or whom it believes."""

ANY = (*SECRETS, *ENTRY, *FORWARDING, *GRANTING, *STARTING, *STEERING)
