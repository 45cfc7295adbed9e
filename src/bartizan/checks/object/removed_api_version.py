"""API version is not served any more.

The API server refuses the object, so it is not there: the policy that it holds protects nothing, the workload
does not start. Whoever upgrades the cluster learns of it when the next roll-out fails.

**Looks at** `apiVersion` and `kind` of every object, beside what the Kubernetes version that is judged by serves
(`--kubernetes-version`). The table goes back to Kubernetes 1.0 and knows alpha and beta versions as well as kinds
that have gone altogether. Of an object that comes from a cluster, the version in which it was last applied
is looked at, which the next `kubectl apply` would use again; it weighs `medium`.

**Instead** write the version that took its place:

```yaml
apiVersion: batch/v1
kind: CronJob
```

There is no automatic fix, since some fields have another name or another default in the new version.

**Misses** custom resources: only their cluster knows which versions it serves. Whether an alpha version that is
still there has been switched on is not looked at.
"""

from collections.abc import Iterable
from typing import Any

import msgspec

from bartizan.checks.check import Check, Context, Fault
from bartizan.checks.object._api_versions import life, successor
from bartizan.model.resource import GroupKind, Resource

_LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration"
_INSTEAD = {
    "AuditSink": "configure the audit webhook of the API server in its place",
    "ExternalAdmissionHookConfiguration": "write a ValidatingWebhookConfiguration in its place",
    "InitializerConfiguration": "write a MutatingWebhookConfiguration in its place",
    "PodPreset": "write a MutatingAdmissionPolicy in its place",
    "PodSecurityPolicy": "nothing enforces it, so label each namespace with "
    "`pod-security.kubernetes.io/enforce`, or write an admission policy",
}
"""What does the work of kinds that went altogether."""
_MESSAGES = frozenset({"AdmissionReview", "Scale"})
"""Kinds that are sent and never applied."""


class _Applied(msgspec.Struct, rename="camel"):
    api_version: str
    kind: str


def _find(resource: Resource, context: Context) -> Iterable[Fault]:
    if resource.origin.kind == "cluster":
        applied = _last_applied(resource.metadata)
        if applied is not None and (message := _removed(applied.api_version, applied.kind, context)):
            yield Fault(
                ("metadata", "annotations", _LAST_APPLIED),
                f"it was last applied in a version that will be refused. {message}",
                severity="medium",
                secret=True,
            )
    elif message := _removed(resource.api_version, resource.kind, context):
        yield Fault(("apiVersion",), message)


def _removed(api_version: str, kind: str, context: Context) -> str:
    """What is to be said of a version that is gone; nothing where it is there."""
    known = life(context.data, api_version, kind)
    if known is None or known.removed is None or known.removed > context.minor or kind in _MESSAGES:
        return ""
    gone = f"from 1.{known.removed} on, Kubernetes serves no {kind} in `{api_version}`"
    return f"{gone}: {_advice(GroupKind(api_version.rpartition('/')[0], kind), context)}"


def _advice(kind: GroupKind, context: Context) -> str:
    target = successor(context.data, kind, context.minor)
    if target is None:
        return _INSTEAD.get(kind.kind, "nothing has taken its place, so delete it")
    version, name = target
    return f"write `{version}`" if name == kind.kind else f"write a {name} in `{version}`"


def _last_applied(metadata: dict[str, Any]) -> _Applied | None:
    annotations = metadata.get("annotations")
    text = annotations.get(_LAST_APPLIED) if isinstance(annotations, dict) else None
    if not isinstance(text, str):
        return None
    try:
        return msgspec.json.decode(text, type=_Applied)
    except msgspec.DecodeError:
        return None


check = Check(
    id="removed-api-version",
    judges="object",
    severity="high",
    data="api-versions",
    find=_find,
    references=("https://kubernetes.io/docs/reference/using-api/deprecation-guide/",),
)
