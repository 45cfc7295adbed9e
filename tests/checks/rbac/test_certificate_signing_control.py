"""certificate-signing-control: a role that has certificates signed for any user."""

from typing import Any

import pytest

from bartizan.checks.rbac.certificate_signing_control import check
from tests.checks.cases import Cases
from tests.checks.rbac.objects import ill_typed, role, rule, without_rules
from tests.harness import judge

GROUP = "certificates.k8s.io"
APPROVAL = rule("update", "certificatesigningrequests/approval", GROUP)
KUBELET = "kubernetes.io/kube-apiserver-client-kubelet"


def signers(verbs: str, *names: str) -> dict[str, Any]:
    return rule(verbs, "signers", GROUP, **({"resourceNames": list(names)} if names else {}))


CASES = Cases(
    passes=[
        role(APPROVAL, kind="Role"),
        role(rule("create get", "certificatesigningrequests", GROUP)),
        role(APPROVAL, signers("approve", "example.com/web")),
    ],
    fails=[role(APPROVAL), role(APPROVAL, signers("approve")), role(signers("sign"))],
    absent=without_rules(),
    absent_fails=False,
    ill_typed=ill_typed("signers", GROUP),
)


@pytest.mark.parametrize(
    ("rules", "severity", "index"),
    [
        ([APPROVAL], "high", 0),
        ([rule("patch", "certificatesigningrequests/approval", GROUP)], "high", 0),
        ([APPROVAL, signers("approve")], "high", 1),
        ([APPROVAL, signers("approve", KUBELET)], "high", 1),
        ([APPROVAL, signers("approve", "example.com/web", "kubernetes.io/*")], "high", 1),
        ([signers("approve sign")], "high", 0),
        ([signers("sign")], "medium", 0),
    ],
)
def test_each_way_is_told_once(rules: list[dict[str, Any]], severity: str, index: int) -> None:
    (finding,) = judge(check, role(*rules))
    assert (finding.severity, finding.path) == (severity, ("rules", index))
    assert "`signers`" in finding.message


@pytest.mark.parametrize(
    "rules",
    [
        [rule("get list create", "certificatesigningrequests", GROUP)],
        [rule("update", "certificatesigningrequests/status", GROUP)],
        [APPROVAL, signers("approve", "example.com/*")],
        [rule("*", "certificatesigningrequests/approval", GROUP)],
        [signers("get")],
    ],
)
def test_other_rights_pass_and_wildcards_are_told_elsewhere(rules: list[dict[str, Any]]) -> None:
    assert judge(check, role(*rules)) == []


def test_a_wildcard_beside_it_is_told_by_its_own_check() -> None:
    """The rule that names no signer has the wildcard, and wins over the one that names some."""
    assert judge(check, role(APPROVAL, signers("*"))) == []
