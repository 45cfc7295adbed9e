"""missing-service-account: the pod is not created."""

import pytest

from bartizan.checks.reference.missing_service_account import check
from tests.checks.cases import Cases
from tests.checks.workload.objects import deployment, item
from tests.harness import judge

ACCOUNT = item("v1", "ServiceAccount", "runner")

CASES = Cases(
    passes=[
        {"serviceAccountName": "runner"},
        {"serviceAccount": "runner"},
        {"serviceAccountName": "default"},
        {"serviceAccountName": ""},
        {"serviceAccountName": "runner", "serviceAccount": "ghost"},
    ],
    fails=[{"serviceAccountName": "ghost"}, {"serviceAccount": "ghost"}],
    absent={},
    absent_fails=False,
    ill_typed=[{"serviceAccountName": 1}, {"serviceAccount": ["runner"]}],
    beside=[ACCOUNT, item("v1", "ServiceAccount", "ghost", "other")],
)


@pytest.mark.parametrize("field", ["serviceAccountName", "serviceAccount"])
def test_it_is_told_at_the_field_that_names_it(field: str) -> None:
    (finding,) = judge(check, deployment(pod={field: "ghost"}), ACCOUNT)
    assert finding.path == ("spec", "template", "spec", field)
    assert "no ServiceAccount `ghost`" in finding.message


@pytest.mark.parametrize(("complete", "count"), [(True, 1), (False, 0)])
def test_accounts_of_other_namespaces_say_nothing(complete: bool, count: int) -> None:
    params = check.params(complete=complete)
    far = item("v1", "ServiceAccount", "runner", "other")
    assert len(judge(check, deployment(pod={"serviceAccountName": "runner"}), far, params=params)) == count


@pytest.mark.parametrize(("own", "other"), [("shop", ""), ("", "shop")])
def test_a_namespace_that_is_not_written_may_be_any(own: str, other: str) -> None:
    beside = item("v1", "ServiceAccount", "beside", own)
    raw = deployment(namespace=own, pod={"serviceAccountName": "runner"})
    assert judge(check, raw, item("v1", "ServiceAccount", "runner", other), beside) == []
    assert len(judge(check, raw, beside)) == 1
