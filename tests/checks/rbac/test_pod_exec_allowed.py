"""pod-exec-allowed: a role that enters running containers."""

from typing import Any

import pytest

from bartizan.checks.rbac.pod_exec_allowed import check
from tests.checks.rbac.objects import role, rule
from tests.harness import judge


@pytest.mark.parametrize(
    ("verb", "resource", "in_cluster", "in_namespace"),
    [
        ("create", "pods/exec", "high", "medium"),
        ("get", "pods/exec", "high", "medium"),
        ("create", "pods/attach", "high", "medium"),
        ("patch", "pods/ephemeralcontainers", "high", "medium"),
        ("update", "pods/ephemeralcontainers", "high", "medium"),
        ("create", "pods/portforward", "medium", "low"),
        ("get", "nodes/proxy", "high", None),
    ],
)
def test_each_way_in_is_found(verb: str, resource: str, in_cluster: str, in_namespace: str | None) -> None:
    """Nodes stand in no namespace: a Role for them has no effect."""
    weights = {
        kind: [finding.severity for finding in judge(check, role(rule(verb, resource), kind=kind))]
        for kind in ("ClusterRole", "Role")
    }
    assert weights == {"ClusterRole": [in_cluster], "Role": [in_namespace] if in_namespace else []}


def test_one_finding_names_all_ways_of_a_rule() -> None:
    (finding,) = judge(check, role(rule("get", "pods"), rule("create", "pods/exec pods/portforward")))
    assert finding.path == ("rules", 1)
    assert "`pods/exec`, `pods/portforward`" in finding.message
    assert finding.severity == "high"


@pytest.mark.parametrize(
    "one",
    [
        rule("get list watch create", "pods pods/log"),
        rule("delete", "pods/exec"),
        rule("create", "pods/ephemeralcontainers"),
        rule("create", "pods/exec", "apps"),
        rule("*", "pods/exec"),
    ],
)
def test_other_rights_pass_and_wildcards_are_told_elsewhere(one: dict[str, Any]) -> None:
    assert judge(check, role(one)) == []


def test_a_subresource_of_everything_counts() -> None:
    """`*/exec` holds `pods/exec`."""
    assert len(judge(check, role(rule("create", "*/exec")))) == 1
