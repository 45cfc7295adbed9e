"""default-service-account-rights: pods get rights that they never asked for."""

from typing import Any

import pytest

from bartizan.checks.rbac.default_service_account_rights import check
from tests.checks.cases import Cases
from tests.checks.rbac.objects import bound, subject, unbound
from tests.harness import judge

CASES = Cases(
    passes=[
        bound(subject("ServiceAccount", "web", namespace="shop")),
        bound(subject("ServiceAccount", "default", namespace="shop"), role="system:discovery"),
    ],
    fails=[
        bound(subject("ServiceAccount", "default", namespace="shop")),
        bound(subject("ServiceAccount", "default"), kind="RoleBinding"),
    ],
    absent=unbound(),
    absent_fails=False,
    ill_typed=[bound() | {"subjects": "default"}, bound(subject("ServiceAccount", "default", namespace=7))],
)

DEFAULT = subject("ServiceAccount", "default", namespace="shop")


@pytest.mark.parametrize(("kind", "severity"), [("ClusterRoleBinding", "high"), ("RoleBinding", "medium")])
@pytest.mark.parametrize("who", [DEFAULT, subject("User", "system:serviceaccount:shop:default")])
def test_rights_of_a_default_account_are_found(kind: str, severity: str, who: dict[str, Any]) -> None:
    (finding,) = judge(check, bound(subject("User", "ada"), who, kind=kind))
    assert (finding.severity, finding.path) == (severity, ("subjects", 1, "name"))
    assert "`shop`" in finding.message
    assert "`ClusterRole view`" in finding.message


def test_an_account_without_a_namespace_is_in_that_of_the_binding() -> None:
    (finding,) = judge(check, bound(subject("ServiceAccount", "default"), kind="RoleBinding"))
    assert "`shop`" in finding.message


@pytest.mark.parametrize(
    "who",
    [
        subject("ServiceAccount", "web", namespace="shop"),
        subject("ServiceAccount", "web", namespace="default"),
        subject("User", "default"),
        subject("Group", "default"),
        subject("User", "system:serviceaccount:default:web"),
    ],
)
def test_other_subjects_pass(who: dict[str, Any]) -> None:
    assert judge(check, bound(who)) == []


def test_what_everybody_may_know_passes() -> None:
    assert judge(check, bound(DEFAULT, role="system:discovery")) == []
