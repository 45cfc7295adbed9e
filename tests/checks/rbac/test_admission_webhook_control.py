"""admission-webhook-control: a role that changes what the API server lets in."""

from typing import Any

import pytest

from bartizan.checks.rbac.admission_webhook_control import check
from tests.checks.cases import Cases
from tests.checks.rbac.objects import ill_typed, role, rule, without_rules
from tests.harness import judge

GROUP = "admissionregistration.k8s.io"
CASES = Cases(
    passes=[
        role(rule("get list watch", "mutatingwebhookconfigurations", GROUP)),
        role(rule("patch", "mutatingwebhookconfigurations", GROUP), kind="Role"),
    ],
    fails=[
        role(rule("patch", "mutatingwebhookconfigurations", GROUP)),
        role(rule("delete", "validatingadmissionpolicies", GROUP)),
    ],
    absent=without_rules(),
    absent_fails=False,
    ill_typed=ill_typed("validatingwebhookconfigurations", GROUP),
)


@pytest.mark.parametrize(
    ("one", "severity"),
    [
        (rule("create", "mutatingwebhookconfigurations", GROUP), "high"),
        (rule("update", "validatingwebhookconfigurations", GROUP), "high"),
        (rule("patch", "mutatingadmissionpolicies", GROUP), "high"),
        (rule("patch", "mutatingadmissionpolicybindings", GROUP), "high"),
        (rule("create", "apiservices", "apiregistration.k8s.io"), "high"),
        (rule("patch", "mutatingwebhookconfigurations", GROUP, resourceNames=["mine"]), "medium"),
        (rule("delete", "mutatingwebhookconfigurations", GROUP), "medium"),
        (rule("deletecollection", "validatingwebhookconfigurations", GROUP), "medium"),
        (rule("update", "validatingadmissionpolicies", GROUP), "medium"),
        (rule("delete", "validatingadmissionpolicybindings", GROUP, resourceNames=["mine"]), "low"),
    ],
)
def test_the_weight_is_by_what_it_changes(one: dict[str, Any], severity: str) -> None:
    (finding,) = judge(check, role(one))
    assert (finding.severity, finding.path) == (severity, ("rules", 0))
    assert f"`{one['resources'][0]}`" in finding.message


def test_a_rule_is_told_once_and_in_the_order_of_the_role() -> None:
    found = judge(
        check,
        role(
            rule("delete", "validatingadmissionpolicies", GROUP),
            rule("patch delete", "mutatingwebhookconfigurations validatingadmissionpolicies", GROUP),
        ),
    )
    assert {(finding.path[1], finding.severity) for finding in found} == {(0, "medium"), (1, "high")}


@pytest.mark.parametrize(
    "one",
    [
        rule("get list watch", "validatingwebhookconfigurations apiservices", GROUP),
        rule("create", "mutatingwebhookconfigurations"),
        rule("update", "apiservices/status", "apiregistration.k8s.io"),
        rule("create", "mutatingwebhookconfigurations", GROUP, resourceNames=["mine"]),
        rule("*", "mutatingwebhookconfigurations", GROUP),
    ],
)
def test_other_rights_pass_and_wildcards_are_told_elsewhere(one: dict[str, Any]) -> None:
    """`create` carries no name, so that a rule with names does not allow it."""
    assert judge(check, role(one)) == []
