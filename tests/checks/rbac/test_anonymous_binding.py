"""anonymous-binding: everybody gets rights."""

import pytest

from bartizan.checks.rbac.anonymous_binding import check
from tests.checks.cases import Cases
from tests.checks.rbac.objects import bound, subject, unbound
from tests.harness import judge

ANYBODY = subject("User", "system:anonymous")
CASES = Cases(
    passes=[bound(subject("User", "ada")), bound(ANYBODY, role="system:discovery")],
    fails=[bound(ANYBODY), bound(subject("Group", "system:unauthenticated"), kind="RoleBinding")],
    absent=unbound(),
    absent_fails=False,
    ill_typed=[
        bound() | {"subjects": "all"},
        bound(subject("Group", "x") | {"name": 7}),
        bound() | {"roleRef": []},
    ],
)


@pytest.mark.parametrize(
    ("kind", "name", "in_cluster", "in_namespace"),
    [
        ("User", "system:anonymous", "critical", "high"),
        ("Group", "system:unauthenticated", "critical", "high"),
    ],
)
def test_everybody_is_found(kind: str, name: str, in_cluster: str, in_namespace: str) -> None:
    found = [
        judge(check, bound(subject(kind, name), kind=binding))[0]
        for binding in ("ClusterRoleBinding", "RoleBinding")
    ]
    assert [finding.severity for finding in found] == [in_cluster, in_namespace]
    assert found[0].path == ("subjects", 0, "name")
    assert "`ClusterRole view`" in found[0].message


def test_each_subject_is_one_finding() -> None:
    raw = bound(
        subject("User", "ada"), subject("User", "system:anonymous"), subject("Group", "system:unauthenticated")
    )
    assert {finding.path[1] for finding in judge(check, raw)} == {1, 2}


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("User", "ada"),
        ("User", "system:unauthenticated"),
        ("Group", "system:anonymous"),
        ("Group", "system:serviceaccounts"),
        ("Group", "system:authenticated"),
        ("ServiceAccount", "system:anonymous"),
    ],
)
def test_somebody_passes(kind: str, name: str) -> None:
    """A group called like a user is another subject."""
    assert judge(check, bound(subject(kind, name))) == []


@pytest.mark.parametrize("role", ["system:public-info-viewer", "system:service-account-issuer-discovery"])
def test_what_everybody_may_know_passes(role: str) -> None:
    raw = bound(subject("Group", "system:unauthenticated"), role=role)
    assert judge(check, raw) == []
    assert len(judge(check, bound(subject("Group", "system:unauthenticated"), role=role, role_kind="Role"))) == 1


def test_the_way_nodes_join_passes() -> None:
    raw = bound(subject("User", "system:anonymous"), kind="RoleBinding", role_kind="Role")
    joining = {"name": "kubeadm:bootstrap-signer-clusterinfo", "namespace": "kube-public"}
    assert judge(check, raw | {"metadata": joining}) == []
    assert len(judge(check, raw | {"metadata": joining | {"namespace": "shop"}})) == 1
