"""The ServiceAccount that a pod runs as, and whether it finds that one's token."""

from bartizan.checks.check import CannotTell, Context, Reason
from bartizan.model.resource import Resource
from bartizan.model.shape import FLAG, Fields, IllTypedField, conform
from bartizan.model.unknown import Unknown
from bartizan.model.workload import PodView

DEFAULT = "default"
_ACCOUNT = Fields({"automountServiceAccountToken": FLAG})


def account_of(pod: PodView) -> str:
    """The account that the pod names; `default` where it names none."""
    name: str = pod.spec.get("serviceAccountName") or pod.spec.get("serviceAccount") or DEFAULT
    return name


def mounts_token(pod: PodView, context: Context, account: str) -> bool:
    """Whether the pod's containers find the account's token.

    Raises:
        CannotTell: the pod leaves it to an account that is not known, or cannot be read.
    """
    own: bool | None = pod.spec.get("automountServiceAccountToken")
    return _account_mounts(context, pod.resource.namespace, account) if own is None else own


def _account_mounts(context: Context, namespace: str, account: str) -> bool:
    found = context.lookups.find("", "ServiceAccount", namespace, account)
    if isinstance(found, Unknown):
        unread = found.code == "lookup-failed"
        if account == DEFAULT and not unread:
            return True
        reason: Reason = "lookup-failed" if unread else "not-evaluable-here"
        raise CannotTell(f"{found.message}: it may switch the token off", reason)
    try:
        return _switch(found) is not False
    except IllTypedField as error:
        raise CannotTell(f"ServiceAccount `{account}` cannot be read: {error}", "lookup-failed") from error


def _switch(account: Resource) -> bool | None:
    value: bool | None = conform(account.raw, _ACCOUNT, (), []).get("automountServiceAccountToken")
    return value
