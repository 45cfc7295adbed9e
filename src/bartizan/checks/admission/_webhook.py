"""Webhook configurations, as these checks read them."""

from collections.abc import Iterator
from typing import Any

from bartizan.model.resource import GroupKind, Resource
from bartizan.model.selector import SELECTOR
from bartizan.model.shape import ANY, TEXT, TEXTS, Fields, ListOf, conform

GROUP = "admissionregistration.k8s.io"
VALIDATING = GroupKind(GROUP, "ValidatingWebhookConfiguration")
MUTATING = GroupKind(GROUP, "MutatingWebhookConfiguration")
REFERENCE = "https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/"
GOOD_PRACTICE = "https://kubernetes.io/docs/concepts/cluster-administration/admission-webhooks-good-practices/"
_RULE = Fields({"apiGroups": TEXTS, "resources": TEXTS, "operations": TEXTS, "scope": TEXT})
_WEBHOOK = Fields(
    {
        "name": TEXT,
        "failurePolicy": TEXT,
        "clientConfig": Fields({"url": TEXT, "service": ANY}),
        "rules": ListOf(_RULE),
        "namespaceSelector": SELECTOR,
        "objectSelector": SELECTOR,
        "matchConditions": ListOf(ANY),
    }
)
_CONFIGURATION = Fields({"webhooks": ListOf(_WEBHOOK)})


def webhooks(configuration: Resource) -> Iterator[tuple[int, dict[str, Any]]]:
    """Each webhook with its place in `webhooks`."""
    yield from enumerate(conform(configuration.raw, _CONFIGURATION, (), []).get("webhooks", ()))


def title(index: int, webhook: dict[str, Any]) -> str:
    """The webhook's name, or its place where it has none."""
    name: str = webhook.get("name", "")
    return name or f"webhooks[{index}]"
