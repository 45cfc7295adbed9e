"""secrets-readable: a role that reads every password and key."""

from typing import Any

import pytest

from bartizan.checks.rbac.secrets_readable import check
from tests.checks.cases import Cases
from tests.checks.rbac.objects import role, rule
from tests.harness import judge

CASES = Cases(
    passes=[role(rule("get", "configmaps")), role(rule("create", "secrets"))],
    fails=[role(rule("get", "secrets")), role(rule("list", "secrets"), kind="Role")],
    absent={"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "Role", "metadata": {"name": "reader"}},
    absent_fails=False,
    ill_typed=[role({"apiGroups": [""], "resources": "secrets", "verbs": ["get"]})],
)


@pytest.mark.parametrize("verb", ["get", "list", "watch"])
@pytest.mark.parametrize(("kind", "severity"), [("ClusterRole", "high"), ("Role", "medium")])
def test_each_reading_verb_is_found(verb: str, kind: str, severity: str) -> None:
    """`list` and `watch` show the contents as well as `get`."""
    (finding,) = judge(check, role(rule("get", "pods"), rule(f"{verb} create", "pods secrets"), kind=kind))
    assert (finding.severity, finding.path) == (severity, ("rules", 1))
    assert f"`{verb}`" in finding.message
    assert "`create`" not in finding.message


def test_names_soften_it() -> None:
    """In one namespace that is what we advise; a ClusterRole reads the name in every namespace."""
    named = rule("get", "secrets", resourceNames=["web"])
    assert judge(check, role(named, kind="Role")) == []
    assert [finding.severity for finding in judge(check, role(named))] == ["low"]


def test_the_secrets_of_kube_system_are_worth_the_cluster() -> None:
    raw = role(rule("get", "secrets"), kind="Role", namespace="kube-system")
    assert [finding.severity for finding in judge(check, raw)] == ["high"]


def test_an_empty_list_of_names_is_no_limit() -> None:
    assert [f.severity for f in judge(check, role(rule("get", "secrets", resourceNames=[])))] == ["high"]


@pytest.mark.parametrize(
    "one",
    [
        rule("create update delete", "secrets"),
        rule("get", "configmaps"),
        rule("get", "secrets", "secrets.hashicorp.com"),
        rule("*", "secrets"),
        rule("get", "*"),
        {"resources": ["secrets"], "verbs": ["get"]},
    ],
)
def test_other_rights_pass_and_wildcards_are_told_elsewhere(one: dict[str, Any]) -> None:
    """A rule without `apiGroups` allows nothing."""
    assert judge(check, role(one)) == []
