"""role-aggregated-into-default: a label gives whole teams more than they know."""

from typing import Any

import pytest

from bartizan.access.access import Access
from bartizan.app.tables import table
from bartizan.checks.rbac.role_aggregated_into_default import check
from tests.checks.cases import Cases
from tests.checks.rbac.objects import RBAC, bound, ill_typed, role, rule, without_rules
from tests.harness import judge, resource

LABEL = "rbac.authorization.k8s.io/aggregate-to-"


def into(name: str, *rules: dict[str, Any], value: str = "true", kind: str = "ClusterRole") -> dict[str, Any]:
    return role(*rules, kind=kind, labels={f"{LABEL}{name}": value})


CASES = Cases(
    passes=[
        role(rule("*", "*", "*")),
        into("view", rule("get list watch", "databases", "example.com")),
        into("edit", rule("create update", "databases", "example.com")),
        into("admin", rule("get", "secrets")),
    ],
    fails=[into("view", rule("get", "secrets")), into("edit", rule("bind", "clusterroles", RBAC))],
    absent=without_rules(),
    absent_fails=False,
    ill_typed=[role() | {"metadata": {"name": "a", "labels": {f"{LABEL}view": True}}}, *ill_typed("secrets")],
)


@pytest.mark.parametrize(
    ("name", "one", "severity"),
    [
        ("view", rule("get", "secrets"), "high"),
        ("view", rule("create", "pods/exec"), "high"),
        ("view", rule("create patch", "databases", "example.com"), "medium"),
        ("view", rule("*", "databases", "example.com"), "medium"),
        ("view", rule("*", "*", "*"), "high"),
        ("edit", rule("get", "nodes/proxy"), "medium"),
        ("edit", rule("impersonate", "groups"), "medium"),
        ("edit", rule("*", "*", "*"), "high"),
        ("admin", rule("bind", "clusterroles", RBAC), "medium"),
        ("admin", rule("patch", "mutatingwebhookconfigurations", "admissionregistration.k8s.io"), "medium"),
        ("admin", rule("create", "clusterrolebindings", RBAC), "medium"),
    ],
)
def test_what_leads_further_is_found(name: str, one: dict[str, Any], severity: str) -> None:
    (finding,) = judge(check, into(name, one))
    assert (finding.severity, finding.path) == (severity, ("metadata", "labels", f"{LABEL}{name}"))
    assert f"bound to `{name}`" in finding.message


@pytest.mark.parametrize(
    "harmless",
    [
        into("view", rule("get", "secrets"), value="false"),
        into("view", rule("get", "secrets"), kind="Role"),
        into("view", rule("get", "secrets", resourceNames=["one"])),
        into("view", {"nonResourceURLs": ["/metrics"], "verbs": ["get"]}),
        into("monitoring", rule("get", "secrets")),
        into("edit", rule("create", "pods/exec pods serviceaccounts/token")),
        into("admin", rule("create", "rolebindings", RBAC)),
    ],
)
def test_what_these_roles_do_themselves_passes(harmless: dict[str, Any]) -> None:
    assert judge(check, harmless) == []


@pytest.mark.parametrize("name", ["admin", "edit", "view"])
def test_the_default_roles_do_nothing_of_what_is_found(name: str) -> None:
    """The check's tables, beside the roles that Kubernetes has from its start."""
    binding = resource(bound(role=name))
    access = Access((), [binding]).completed(table("bootstrap-roles"))
    (own,) = [found for found in access.bindings if found.resource is binding]
    rules = access.rules(own)
    assert isinstance(rules, tuple)
    assert len(rules) > 10
    written = [
        rule(" ".join(one.verbs), " ".join(one.resources), apiGroups=list(one.groups))
        for one in rules
        if one.resources
    ]
    assert judge(check, into(name, *written)) == []


def test_each_label_is_a_finding_and_long_lists_are_cut() -> None:
    raw = role(rule("get list watch", "secrets"), rule("create get", "pods/exec pods/attach"))
    raw["metadata"]["labels"] = {f"{LABEL}view": "true", f"{LABEL}edit": "true"}
    (finding,) = judge(check, raw)
    assert "and 3 more" in finding.message
