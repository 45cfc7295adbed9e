"""cluster-admin-binding: somebody gets every right."""

import pytest

from bartizan.checks.rbac.cluster_admin_binding import check
from tests.checks.cases import Cases
from tests.checks.rbac.objects import bound, subject, unbound
from tests.harness import judge

CASES = Cases(
    passes=[bound(subject("User", "ada")), bound(subject("Group", "system:masters"), role="cluster-admin")],
    fails=[
        bound(subject("User", "ada"), role="cluster-admin"),
        bound(subject("User", "ada"), role="cluster-admin", kind="RoleBinding"),
    ],
    absent=unbound(role="cluster-admin"),
    absent_fails=False,
    ill_typed=[
        bound() | {"roleRef": "cluster-admin"},
        bound(role="cluster-admin") | {"subjects": {"name": "ada"}},
    ],
)


def test_kube_system_is_worth_the_cluster() -> None:
    raw = bound(subject("User", "ada"), role="cluster-admin", kind="RoleBinding", namespace="kube-system")
    assert [finding.severity for finding in judge(check, raw)] == ["critical"]


DEPLOYER = subject("ServiceAccount", "deployer", namespace="ci")


@pytest.mark.parametrize(
    ("kind", "severity", "where"),
    [("ClusterRoleBinding", "critical", "in the cluster"), ("RoleBinding", "high", "in the namespace")],
)
def test_a_binding_to_cluster_admin_is_found(kind: str, severity: str, where: str) -> None:
    (finding,) = judge(check, bound(DEPLOYER, kind=kind, role="cluster-admin"))
    assert (finding.severity, finding.path) == (severity, ("roleRef", "name"))
    assert "`ServiceAccount ci/deployer`" in finding.message
    assert where in finding.message
    assert finding.fix is None


def test_every_subject_is_named() -> None:
    people = [subject("User", "ada"), subject("Group", "operators"), subject("Group", "system:masters")]
    (finding,) = judge(check, bound(*people, role="cluster-admin"))
    assert "`User ada`, `Group operators`" in finding.message
    assert "system:masters" not in finding.message


@pytest.mark.parametrize(
    "raw",
    [
        bound(DEPLOYER, role="view"),
        bound(DEPLOYER, role="cluster-admin", role_kind="Role", kind="RoleBinding"),
        bound(DEPLOYER, role="cluster-admins"),
        bound(role="cluster-admin"),
        bound(subject("Group", "system:masters"), role="cluster-admin"),
        bound(subject("Group", "kubeadm:cluster-admins"), role="cluster-admin"),
        bound(DEPLOYER) | {"roleRef": None},
        bound(role="cluster-admin") | {"subjects": None},
    ],
)
def test_other_roles_and_those_who_may_do_everything_anyway_pass(raw: dict[str, object]) -> None:
    assert judge(check, raw) == []
