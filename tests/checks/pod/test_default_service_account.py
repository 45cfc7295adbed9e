"""default-service-account: an account that everybody shares."""

from typing import Any

import pytest

from bartizan.checks.pod.default_service_account import check
from bartizan.checks.pod.service_account_token import check as service_account_token
from bartizan.evaluate import Judge, evaluate
from bartizan.lookups import Inventory
from bartizan.model.review import Review
from tests.checks.cases import Cases
from tests.harness import TODAY, judge, pod, resource, run

CASES = Cases(
    passes=[
        {"serviceAccountName": "web", "automountServiceAccountToken": True},
        {"automountServiceAccountToken": False},
    ],
    fails=[{"serviceAccountName": "default"}, {"automountServiceAccountToken": True}],
    absent={},
    absent_fails=True,
    ill_typed=[{"serviceAccountName": 7}, {"automountServiceAccountToken": "false"}],
)


def account(**fields: Any) -> dict[str, Any]:
    metadata = {"name": "default", "namespace": "shop"}
    return {"apiVersion": "v1", "kind": "ServiceAccount", "metadata": metadata, **fields}


@pytest.mark.parametrize("field", ["serviceAccountName", "serviceAccount"])
def test_an_account_of_its_own_passes_whether_or_not_it_is_known(field: str) -> None:
    assert judge(check, pod({field: "web"})) == []


def test_the_account_may_switch_the_token_off_unless_the_pod_switches_it_on() -> None:
    off = account(automountServiceAccountToken=False)
    assert judge(check, pod(), off) == []
    assert len(judge(check, pod({"automountServiceAccountToken": True}), off)) == 1
    assert len(judge(check, pod(), account())) == 1


def test_an_account_that_cannot_be_read_is_an_error() -> None:
    assert run(check, pod(), account(automountServiceAccountToken="no")).results[0].verdict == "error"


def test_a_pod_is_told_once() -> None:
    read = resource(pod())
    judges = [Judge(one, one.params()) for one in (service_account_token, check)]
    assert [f.check for f in evaluate(judges, [Review(read)], Inventory([read]), TODAY).findings] == [
        "service-account-token"
    ]
