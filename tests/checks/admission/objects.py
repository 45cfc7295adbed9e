"""Webhook configurations with a change, for the tests of this folder."""

from typing import Any

GROUP = "admissionregistration.k8s.io"
PODS = {"apiGroups": [""], "apiVersions": ["v1"], "operations": ["CREATE"], "resources": ["pods"]}


def webhook(**fields: Any) -> dict[str, Any]:
    """A webhook for new pods."""
    service = {"namespace": "policy", "name": "webhook"}
    return {"name": "pods.shop.example", "clientConfig": {"service": service}, "rules": [PODS], **fields}


def configuration(*webhooks: Any, kind: str = "Validating", version: str = "v1") -> dict[str, Any]:
    """A configuration of these webhooks."""
    return {
        "apiVersion": f"{GROUP}/{version}",
        "kind": f"{kind}WebhookConfiguration",
        "metadata": {"name": "policy"},
        "webhooks": list(webhooks),
    }
