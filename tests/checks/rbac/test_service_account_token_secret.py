"""service-account-token-secret: a token that never expires."""

from typing import Any

from bartizan.checks.rbac.service_account_token_secret import check
from tests.checks.cases import Cases
from tests.harness import judge


def secret(**fields: Any) -> dict[str, Any]:
    return {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "s", "namespace": "shop"}, **fields}


TOKEN = {"type": "kubernetes.io/service-account-token"}
NAMED = {"name": "s", "annotations": {"kubernetes.io/service-account.name": "web"}}
CASES = Cases(
    passes=[secret(type="Opaque"), secret(metadata=NAMED)],
    fails=[secret(**TOKEN), secret(**TOKEN, metadata=NAMED)],
    absent=secret(),
    absent_fails=False,
    ill_typed=[secret(type=["kubernetes.io/service-account-token"]), secret(type=7)],
)


def test_the_account_is_named_where_it_is_known() -> None:
    (finding,) = judge(check, secret(**TOKEN, metadata=NAMED))
    assert finding.path == ("type",)
    assert "ServiceAccount `web`" in finding.message
    assert "`kubectl create token`" in judge(check, secret(**TOKEN))[0].message
