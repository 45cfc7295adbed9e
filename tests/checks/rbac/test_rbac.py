"""What the role and binding checks share: the authorizer's matching, and whose objects are Kubernetes' own."""

from typing import Any

import msgspec
import pytest

from bartizan.checks.rbac import (
    anonymous_binding,
    cluster_admin_binding,
    default_service_account_rights,
    pod_exec_allowed,
    privilege_granting_role,
    secrets_readable,
    wildcard_role,
)
from bartizan.checks.rbac._rbac import Rule, account, binding, bound_accounts, rules
from tests.harness import resource, run

ROLE_CHECKS = [wildcard_role.check, secrets_readable.check, pod_exec_allowed.check, privilege_granting_role.check]
BINDING_CHECKS = [cluster_admin_binding.check, anonymous_binding.check, default_service_account_rights.check]
BOOTSTRAPPING = {"kubernetes.io/bootstrapping": "rbac-defaults"}


def role(name: str = "system:node", origin: str = "file", **metadata: Any) -> Any:
    read = resource(
        {
            "apiVersion": "rbac.authorization.k8s.io/v1",
            "kind": "ClusterRole",
            "metadata": {"name": name, **metadata},
            "rules": [{"apiGroups": ["*"], "resources": ["*"], "verbs": ["*"]}],
        }
    )
    return msgspec.structs.replace(read, origin=msgspec.structs.replace(read.origin, kind=origin))


@pytest.mark.parametrize(
    ("power", "allowed"),
    [
        (("get", "", "pods"), True),
        (("list", "", "pods"), False),
        (("get", "apps", "pods"), False),
        (("get", "", "pods/exec"), False),
        (("get", "", "deployments/scale"), True),
        (("get", "", "deployments"), False),
    ],
)
def test_a_rule_allows_what_the_authorizer_would(power: tuple[str, str, str], allowed: bool) -> None:
    """`pods` does not hold its subresources, `*/scale` holds that of every resource."""
    rule = Rule((), frozenset({""}), frozenset({"pods", "*/scale"}), frozenset({"get"}), frozenset(), named=False)
    assert rule.allows(power) is allowed


def test_a_wildcard_allows_subresources_as_well() -> None:
    star = frozenset("*")
    assert Rule((), star, star, star, frozenset(), named=False).allows(("create", "", "pods/exec"))


def test_roles_of_kubernetes_itself_are_left_alone() -> None:
    assert rules(role(origin="cluster", labels=BOOTSTRAPPING)) == ()
    assert rules(role("cluster-admin", origin="cluster", labels=BOOTSTRAPPING)) == ()


def test_what_a_file_shows_of_a_cluster_is_left_alone() -> None:
    assert rules(role(labels=BOOTSTRAPPING, resourceVersion="71")) == ()


@pytest.mark.parametrize(
    "mine",
    [
        role(labels=BOOTSTRAPPING),
        role("helper", origin="cluster", labels=BOOTSTRAPPING),
        role(origin="cluster"),
        role(origin="cluster", labels={"kubernetes.io/bootstrapping": "yes"}),
    ],
)
def test_a_label_hides_no_role_of_ones_own(mine: Any) -> None:
    """A file that is to be applied could carry the label, a role of any name could as well."""
    assert len(rules(mine)) == 1


@pytest.mark.parametrize(
    ("subject", "expected"),
    [
        ({"kind": "ServiceAccount", "name": "web", "namespace": "shop"}, ("shop", "web")),
        ({"kind": "ServiceAccount", "name": "web"}, ("here", "web")),
        ({"kind": "User", "name": "system:serviceaccount:shop:web"}, ("shop", "web")),
        ({"kind": "User", "name": "web"}, None),
        ({"kind": "Group", "name": "system:serviceaccounts"}, None),
        ({}, None),
    ],
)
def test_an_account_is_known_in_either_spelling(subject: dict[str, str], expected: object) -> None:
    assert account(subject, "here") == expected


def test_a_binding_without_anything_binds_nobody() -> None:
    empty = resource({"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "RoleBinding"})
    read = binding(empty)
    assert read is not None
    assert (read.role, read.subjects) == ("", ())
    assert list(bound_accounts(empty)) == []


@pytest.mark.parametrize("rules_value", ["get", [7], [None], [{"verbs": "get"}], [{"verbs": [1]}], {"verbs": []}])
@pytest.mark.parametrize("check", ROLE_CHECKS, ids=lambda check: check.id)
def test_ill_typed_rules_are_an_error_and_no_pass(check: Any, rules_value: object) -> None:
    raw = {"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "Role", "rules": rules_value}
    (result,) = run(check, raw).results
    assert (result.verdict, result.reason) == ("error", "ill-typed-field")


@pytest.mark.parametrize("check", ROLE_CHECKS, ids=lambda check: check.id)
@pytest.mark.parametrize("rules_value", [None, [], [{}], [{"verbs": None, "resources": None}]])
def test_a_role_that_allows_nothing_passes(check: Any, rules_value: object) -> None:
    raw = {"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "ClusterRole", "rules": rules_value}
    assert run(check, raw).tally[check.id]["pass"] == 1


@pytest.mark.parametrize("check", BINDING_CHECKS, ids=lambda check: check.id)
@pytest.mark.parametrize("subjects", ["web", [7], [{"kind": 1}], [{"name": ["default"]}]])
def test_ill_typed_subjects_are_an_error_and_no_pass(check: Any, subjects: object) -> None:
    raw = {
        "apiVersion": "rbac.authorization.k8s.io/v1",
        "kind": "ClusterRoleBinding",
        "roleRef": {"kind": "ClusterRole", "name": "cluster-admin"},
        "subjects": subjects,
    }
    (result,) = run(check, raw).results
    assert (result.verdict, result.reason) == ("error", "ill-typed-field")
