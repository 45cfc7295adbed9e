"""automounting-service-account: every pod of the account gets its token."""

from typing import Any

from bartizan.checks.rbac.automounting_service_account import check
from tests.checks.cases import Cases
from tests.harness import judge


def account(**fields: Any) -> dict[str, Any]:
    return {
        "apiVersion": "v1",
        "kind": "ServiceAccount",
        "metadata": {"name": "web", "namespace": "shop"},
        **fields,
    }


CASES = Cases(
    passes=[account(automountServiceAccountToken=False)],
    fails=[account(automountServiceAccountToken=True), account(automountServiceAccountToken=None)],
    absent=account(),
    absent_fails=True,
    ill_typed=[account(automountServiceAccountToken="false"), account(automountServiceAccountToken=0)],
)


def test_the_field_is_shown_and_nothing_is_promised() -> None:
    (finding,) = judge(check, account())
    assert finding.path == ("automountServiceAccountToken",)
    assert "`web`" in finding.message
    assert finding.fix is None
