"""What a Service of type LoadBalancer says to its cloud."""

from typing import Any

from bartizan.model.pod_shape import METADATA
from bartizan.model.shape import TEXT, TEXT_MAP, TEXTS, WHOLE, WHOLE_OR_TEXT, Fields, ListOf

SERVICE = Fields(
    {
        "metadata": METADATA,
        "spec": Fields(
            {
                "type": TEXT,
                "externalIPs": TEXTS,
                "loadBalancerSourceRanges": TEXTS,
                "ports": ListOf(
                    Fields(
                        {
                            "name": TEXT,
                            "port": WHOLE,
                            "protocol": TEXT,
                            "appProtocol": TEXT,
                            "targetPort": WHOLE_OR_TEXT,
                        }
                    )
                ),
                "selector": TEXT_MAP,
            }
        ),
    }
)
_INTERNAL = {
    "service.beta.kubernetes.io/aws-load-balancer-internal": ("true", "0.0.0.0/0"),
    "service.beta.kubernetes.io/aws-load-balancer-scheme": ("internal",),
    "networking.gke.io/load-balancer-type": ("internal",),
    "cloud.google.com/load-balancer-type": ("internal",),
    "service.beta.kubernetes.io/azure-load-balancer-internal": ("true",),
    "service.beta.kubernetes.io/openstack-internal-load-balancer": ("true",),
    "service.beta.kubernetes.io/oci-load-balancer-internal": ("true",),
    "oci-network-load-balancer.oraclecloud.com/internal": ("true",),
    "service.beta.kubernetes.io/alibaba-cloud-loadbalancer-address-type": ("intranet",),
    "service.kubernetes.io/ibm-load-balancer-cloud-provider-ip-type": ("private",),
    "service.beta.kubernetes.io/do-loadbalancer-network": ("internal",),
}
"""Annotations of the big clouds that keep a load balancer inside the own network."""
_EVERYWHERE = frozenset({"0.0.0.0/0", "::/0"})


def is_internal(annotations: dict[str, str]) -> bool:
    """Whether an annotation of its cloud keeps the load balancer inside the own network."""
    return any(annotations.get(name, "").lower() in values for name, values in _INTERNAL.items())


def is_limited(spec: dict[str, Any]) -> bool:
    """Whether it lets in some addresses only."""
    ranges = [source.strip() for source in spec.get("loadBalancerSourceRanges", ())]  # as the API server does
    return bool(ranges) and _EVERYWHERE.isdisjoint(ranges)
