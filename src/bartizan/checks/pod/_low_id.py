"""Numbers of users and groups that may be somebody on the node."""

from collections.abc import Iterator

from bartizan.checks.check import Context, Fault
from bartizan.checks.pod._host_users import in_user_namespace
from bartizan.checks.pod._security_contexts import called, context_path, security_contexts
from bartizan.model.workload import PodView

_USER_NAMESPACES_SINCE = 33


def low_ids(pod: PodView, context: Context, field: str, what: str) -> Iterator[Fault]:
    """A fault for each number below the parameter `minimum`. In a user namespace and on Windows it means nothing."""
    if pod.windows or (context.minor >= _USER_NAMESPACES_SINCE and in_user_namespace(pod)):
        return
    minimum: int = context.params.minimum
    for holder, security in security_contexts(pod):
        number = security.get(field)
        if number is not None and number < minimum:
            yield Fault(
                (*context_path(holder), field),
                f"{called(holder)} runs as {what} {number}, which may be somebody on the node: "
                f"set `securityContext.{field}` to {minimum} or more",
            )
