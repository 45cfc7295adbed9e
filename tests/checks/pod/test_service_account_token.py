"""service-account-token: a token in a pod that hardly needs one."""

from typing import Any

import pytest

from bartizan.checks.pod.service_account_token import check
from tests.checks.cases import Cases
from tests.harness import fixed, judge, pod, run

RBAC = "rbac.authorization.k8s.io/v1"

CASES = Cases(
    passes=[{"automountServiceAccountToken": False}],
    fails=[{"automountServiceAccountToken": True}, {"serviceAccountName": "default"}],
    absent={},
    absent_fails=True,
    ill_typed=[{"automountServiceAccountToken": "false"}, {"serviceAccountName": 7}],
)


def account(name: str = "web", **fields: Any) -> dict[str, Any]:
    metadata = {"name": name, "namespace": "shop"}
    return {"apiVersion": "v1", "kind": "ServiceAccount", "metadata": metadata, **fields}


def binding(*subjects: dict[str, Any], kind: str = "RoleBinding", namespace: str = "shop") -> dict[str, Any]:
    return {
        "apiVersion": RBAC,
        "kind": kind,
        "metadata": {"name": "b"} | ({"namespace": namespace} if kind == "RoleBinding" else {}),
        "roleRef": {"kind": "Role", "name": "reader"},
        "subjects": list(subjects),
    }


WEB = {"kind": "ServiceAccount", "name": "web", "namespace": "shop"}
USES_WEB = {"serviceAccountName": "web"}


def test_a_pod_without_the_token_passes() -> None:
    assert judge(check, pod({"automountServiceAccountToken": False})) == []


def test_a_default_account_is_found_and_the_fix_removes_it() -> None:
    (finding,) = judge(check, pod())
    assert finding.path == ("spec", "automountServiceAccountToken")
    assert (finding.severity, finding.persona) == ("low", "strict")
    once = fixed(check, pod())
    assert judge(check, once) == []
    assert once["spec"]["automountServiceAccountToken"] is False
    assert fixed(check, once) == once


def test_the_account_may_switch_it_off_for_its_pods() -> None:
    assert judge(check, pod(USES_WEB), account(automountServiceAccountToken=False)) == []


def test_the_pod_overrides_its_account() -> None:
    raw = pod({**USES_WEB, "automountServiceAccountToken": True})
    assert len(judge(check, raw, account(automountServiceAccountToken=False))) == 1


@pytest.mark.parametrize("field", ["serviceAccountName", "serviceAccount"])
def test_an_account_that_no_binding_names_is_found_and_said(field: str) -> None:
    (finding,) = judge(check, pod({field: "web"}), account())
    assert "`web`, which no binding" in finding.message
    assert finding.fix is not None


@pytest.mark.parametrize(
    "bound",
    [
        binding(WEB),
        binding({"kind": "ServiceAccount", "name": "web"}),
        binding(WEB, kind="ClusterRoleBinding"),
        binding(WEB, namespace="elsewhere"),
        binding({"kind": "User", "name": "system:serviceaccount:shop:web"}),
    ],
)
def test_an_account_with_rights_is_taken_to_need_its_token(bound: dict[str, Any]) -> None:
    assert judge(check, pod(USES_WEB), account(), bound) == []


@pytest.mark.parametrize(
    "bound",
    [
        binding({"kind": "ServiceAccount", "name": "web", "namespace": "other"}),
        binding({"kind": "ServiceAccount", "name": "web2", "namespace": "shop"}),
        binding({"kind": "Group", "name": "web"}),
    ],
)
def test_rights_of_others_do_not_count(bound: dict[str, Any]) -> None:
    assert len(judge(check, pod(USES_WEB), account(), bound)) == 1


def test_a_default_account_with_rights_is_found_without_a_fix() -> None:
    """The pod never chose the account; but it may use it, so nothing proves that it can do without."""
    bound = binding({"kind": "ServiceAccount", "name": "default", "namespace": "shop"})
    (finding,) = judge(check, pod(), bound)
    assert "has rights here" in finding.message
    assert finding.fix is None


def test_an_account_that_was_not_scanned_cannot_be_told() -> None:
    (result,) = run(check, pod(USES_WEB)).results
    assert (result.verdict, result.reason) == ("skip", "not-evaluable-here")


def test_an_account_that_cannot_be_read_is_an_error() -> None:
    (result,) = run(check, pod(USES_WEB), account(automountServiceAccountToken="no")).results
    assert (result.verdict, result.reason) == ("error", "lookup-failed")


def test_a_binding_that_the_api_server_would_refuse_gives_nothing() -> None:
    broken = binding(WEB) | {"subjects": "web"}
    assert len(judge(check, pod(USES_WEB), account(), broken)) == 1


def test_it_is_skipped_where_no_inventory_answers() -> None:
    assert check.needs == ("inventory",)
