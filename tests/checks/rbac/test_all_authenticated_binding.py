"""all-authenticated-binding: everyone who has a credential gets rights."""

import pytest

from bartizan.checks.rbac.all_authenticated_binding import check
from tests.checks.cases import Cases
from tests.checks.rbac.objects import bound, subject, unbound
from tests.harness import judge

EVERYONE = subject("Group", "system:authenticated")
CASES = Cases(
    passes=[bound(subject("Group", "developers")), bound(EVERYONE, role="system:discovery")],
    fails=[bound(EVERYONE), bound(subject("Group", "system:serviceaccounts:shop"), kind="RoleBinding")],
    absent=unbound(),
    absent_fails=False,
    ill_typed=[
        bound() | {"subjects": "all"},
        bound(subject("Group", "x") | {"name": 7}),
        bound() | {"roleRef": []},
    ],
)


@pytest.mark.parametrize(
    ("name", "in_cluster", "in_namespace", "word"),
    [
        ("system:authenticated", "high", "medium", "any credential"),
        ("system:serviceaccounts", "high", "medium", "every pod of the cluster"),
        ("system:serviceaccounts:shop", "medium", "low", "every pod of namespace `shop`"),
    ],
)
def test_the_weight_is_by_reach(name: str, in_cluster: str, in_namespace: str, word: str) -> None:
    found = [
        judge(check, bound(subject("User", "ada"), subject("Group", name), kind=kind))[0]
        for kind in ("ClusterRoleBinding", "RoleBinding")
    ]
    assert [finding.severity for finding in found] == [in_cluster, in_namespace]
    assert found[0].path == ("subjects", 1, "name")
    assert word in found[0].message
    assert "`ClusterRole view`" in found[0].message


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("User", "system:authenticated"),
        ("ServiceAccount", "system:serviceaccounts"),
        ("Group", "system:unauthenticated"),
        ("Group", "system:serviceaccount:shop:web"),
        ("Group", "system:masters"),
    ],
)
def test_others_pass(kind: str, name: str) -> None:
    """A user called like a group is another subject; those without a credential are told elsewhere."""
    assert judge(check, bound(subject(kind, name, namespace="shop"))) == []
