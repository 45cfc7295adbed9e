"""What the sources of Kubernetes no longer say, or never said: kept by hand, from its release notes.

Kinds of `k8s.io/api` carry their own life in marks (`lifecycle.py`); these have none, or one that is wrong.
A life is the minor versions of (introduction, deprecation, removal); None where there is none.
"""

Life = tuple[int, int | None, int | None]

LIVES: dict[tuple[str, str], dict[str, Life]] = {
    ("", "v1"): {"ComponentStatus": (0, None, None)},
    ("admissionregistration.k8s.io", "v1alpha1"): {
        "ExternalAdmissionHookConfiguration": (7, None, 9),
        "InitializerConfiguration": (7, None, 14),
    },
    ("apiextensions.k8s.io", "v1"): {"CustomResourceDefinition": (16, None, None)},
    ("apiextensions.k8s.io", "v1beta1"): {"CustomResourceDefinition": (7, 16, 22)},
    ("apiregistration.k8s.io", "v1"): {"APIService": (10, None, None)},
    ("apiregistration.k8s.io", "v1beta1"): {"APIService": (7, 19, 22)},
    ("apps", "v1alpha1"): {"PetSet": (3, None, 5)},
    ("auditregistration.k8s.io", "v1alpha1"): {"AuditSink": (13, None, 19)},
    ("batch", "v2alpha1"): {"CronJob": (5, None, 21), "Job": (4, None, 9), "ScheduledJob": (4, None, 8)},
    ("discovery.k8s.io", "v1alpha1"): {"EndpointSlice": (16, None, 21)},
    ("extensions", "v1beta1"): {
        "HorizontalPodAutoscaler": (1, None, 8),
        "Job": (1, None, 6),
        "ThirdPartyResource": (1, 7, 8),
    },
    ("imagepolicy.k8s.io", "v1alpha1"): {"ImageReview": (4, None, None)},
    ("internal.apiserver.k8s.io", "v1alpha1"): {"StorageVersion": (20, None, None)},
    ("networking.k8s.io", "v1alpha1"): {"IPAddress": (27, None, 31), "ServiceCIDR": (27, None, 31)},
    ("node.k8s.io", "v1alpha1"): {"RuntimeClass": (14, None, 24)},
    ("policy", "v1alpha1"): {"PodDisruptionBudget": (4, None, 5)},
    ("rbac.authorization.k8s.io", "v1alpha1"): dict.fromkeys(
        ("ClusterRole", "ClusterRoleBinding", "Role", "RoleBinding"), (3, 17, 23)
    ),
    ("resource.k8s.io", "v1alpha1"): dict.fromkeys(
        ("PodScheduling", "ResourceClaim", "ResourceClaimTemplate", "ResourceClass"), (26, None, 27)
    ),
    ("resource.k8s.io", "v1alpha2"): {
        "PodSchedulingContext": (27, None, 31),
        "ResourceClaim": (27, None, 31),
        "ResourceClaimParameters": (30, None, 31),
        "ResourceClaimTemplate": (27, None, 31),
        "ResourceClass": (27, None, 31),
        "ResourceClassParameters": (30, None, 31),
        "ResourceSlice": (30, None, 31),
    },
    ("resource.k8s.io", "v1alpha3"): {"PodSchedulingContext": (31, None, 32)},
    ("scheduling.k8s.io", "v1alpha1"): {"PriorityClass": (8, 14, 23), "Workload": (35, None, 36)},
    ("scheduling.k8s.io", "v1alpha2"): {"PodGroup": (36, None, 37), "Workload": (36, None, 37)},
    ("scheduling.k8s.io", "v1alpha3"): dict.fromkeys(
        ("CompositePodGroup", "PodGroup", "Workload"), (37, None, None)
    ),
    ("settings.k8s.io", "v1alpha1"): {"PodPreset": (6, None, 20)},
    **{("", version): dict.fromkeys(kinds, (0, None, 0)) for version in ("v1beta1", "v1beta2", "v1beta3")
       for kinds in (("Pod", "ReplicationController", "Service"),)},
}  # fmt: skip

MOVES: dict[tuple[str, str], tuple[str, str]] = {
    ("apps", "PetSet"): ("apps", "StatefulSet"),
    ("batch", "ScheduledJob"): ("batch", "CronJob"),
    ("extensions", "HorizontalPodAutoscaler"): ("autoscaling", "HorizontalPodAutoscaler"),
    ("extensions", "Job"): ("batch", "Job"),
    ("extensions", "ThirdPartyResource"): ("apiextensions.k8s.io", "CustomResourceDefinition"),
    ("resource.k8s.io", "ResourceClass"): ("resource.k8s.io", "DeviceClass"),
}
"""Kinds that live on in another group or by another name, beyond those whose marks say so."""

NO_OBJECTS = frozenset({"DeploymentRollback", "JobTemplate", "PodStatusResult", "ReplicationControllerDummy"})
"""Types with a mark that were never objects of their own."""
