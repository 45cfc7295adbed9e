"""Roles and bindings, typed."""

import pytest

from bartizan.access.reading import bound_accounts, read_binding, read_role, shown_by_cluster
from bartizan.model.shape import IllTypedField
from tests.access.objects import made
from tests.checks.rbac.objects import rule, subject
from tests.harness import resource


def test_nothing_is_as_little_as_possible() -> None:
    role = read_role(made("Role", "r", "shop"))
    assert (role.rules, role.labels, role.selectors) == ((), {}, ())
    empty = resource({"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "RoleBinding"})
    assert (read_binding(empty).role, read_binding(empty).subjects) == ("", ())
    assert list(bound_accounts(empty)) == []


def test_a_rule_knows_its_place_and_its_names() -> None:
    role = read_role(made("Role", "r", "shop", rules=[{}, rule("get", "pods", resourceNames=["web"])]))
    assert [(one.path, one.named) for one in role.rules] == [(("rules", 0), False), (("rules", 1), True)]


@pytest.mark.parametrize("rules", [[{"verbs": "get"}], [{"resourceNames": [7]}], "all", [None]])
def test_an_ill_typed_rule_is_no_rule(rules: object) -> None:
    with pytest.raises(IllTypedField):
        read_role(made("Role", "r", "shop", rules=rules))


def test_accounts_of_a_binding_that_cannot_be_read_are_nobody() -> None:
    web = subject("ServiceAccount", "web", namespace="shop")
    assert list(bound_accounts(made("RoleBinding", "b", "shop", subjects=[web]))) == [("shop", "web")]
    assert list(bound_accounts(made("RoleBinding", "b", "", subjects=[subject("ServiceAccount", "web")]))) == [
        ("*", "web")
    ]
    assert list(bound_accounts(made("RoleBinding", "b", "shop", subjects=[web, 7]))) == []


def test_a_resource_version_is_given_by_a_cluster() -> None:
    role = made("Role", "r", "shop")
    assert not shown_by_cluster(role)
    role.raw["metadata"]["resourceVersion"] = "71"
    assert shown_by_cluster(role)
