"""dangling-role-binding: a binding names what is not there."""

from typing import Any

import pytest

from bartizan.checks.rbac.dangling_role_binding import check
from tests.checks.cases import Cases
from tests.checks.rbac.objects import bound, role, rule, subject
from tests.harness import judge

WEB = subject("ServiceAccount", "web", namespace="shop")
READER = role(rule("get", "pods"), kind="Role", namespace="shop")


def account(name: str, namespace: str = "shop") -> dict[str, Any]:
    return {"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"name": name, "namespace": namespace}}


def to_role(name: str, *subjects: dict[str, Any], role_kind: str = "Role") -> dict[str, Any]:
    return bound(*subjects, kind="RoleBinding", role=name, role_kind=role_kind)


CASES = Cases(
    passes=[
        [to_role("reader", WEB), READER, account("web")],
        [to_role("view", WEB, role_kind="ClusterRole"), role(), account("web")],
        [to_role("reader", subject("ServiceAccount", "default")), READER, account("web")],
    ],
    fails=[[to_role("raeder"), READER], [to_role("reader", WEB), READER, account("wbe")]],
    absent=[to_role("reader", WEB)],
    absent_fails=False,
    ill_typed=[
        [to_role("reader") | {"roleRef": "reader"}, READER],
        [to_role("reader") | {"subjects": "web"}, READER],
    ],
)


def test_the_role_and_the_account_are_shown() -> None:
    found = judge(check, to_role("raeder", subject("User", "ada"), WEB), READER, account("wbe"))
    assert {finding.path for finding in found} == {("roleRef", "name"), ("subjects", 1, "name")}
    assert {finding.confidence for finding in found} == {"medium"}
    assert any("`Role raeder`" in finding.message for finding in found)


@pytest.mark.parametrize(
    "others",
    [
        [role(kind="Role", namespace="other")],
        [role()],
        [account("wbe", "other")],
    ],
)
def test_where_nothing_like_it_was_scanned_nobody_knows(others: list[dict[str, Any]]) -> None:
    assert judge(check, to_role("raeder", WEB), *others) == []


@pytest.mark.parametrize(
    "name", ["cluster-admin", "admin", "edit", "view", "system:auth-delegator", "system:coredns"]
)
def test_roles_that_every_cluster_has_pass(name: str) -> None:
    assert judge(check, bound(role=name), role()) == []


def test_a_cluster_role_is_looked_for_among_cluster_roles() -> None:
    assert len(judge(check, to_role("raeder", role_kind="ClusterRole"), role(), READER)) == 1
    assert judge(check, to_role("reader", role_kind="ClusterRole"), role()) == []


def test_a_default_cluster_role_is_no_role() -> None:
    assert len(judge(check, to_role("view"), READER)) == 1


def unplaced(raw: dict[str, Any]) -> dict[str, Any]:
    return raw | {"metadata": {"name": raw["metadata"]["name"]}}


def test_a_namespace_that_is_not_written_may_be_any() -> None:
    """Charts write it into the subjects of a binding, and not into the account."""
    beside = account("beside")
    assert judge(check, to_role("reader", WEB), READER, unplaced(account("web")), beside) == []
    other = unplaced(to_role("reader", subject("ServiceAccount", "web")))
    assert judge(check, other, READER, unplaced(READER | {"metadata": {"name": "x"}}), account("web")) == []
    assert len(judge(check, to_role("reader", WEB), READER, unplaced(account("wbe")), beside)) == 1
