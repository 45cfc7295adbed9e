"""admission-policy-not-enforced: a guard that only talks."""

from typing import Any

import pytest

from bartizan.checks.admission.admission_policy_not_enforced import check
from tests.checks.admission.objects import GROUP
from tests.checks.cases import Cases
from tests.harness import judge, run

API = f"{GROUP}/v1"


def policy(name: str = "no-root", spec: Any = None) -> dict[str, Any]:
    return {"apiVersion": API, "kind": "ValidatingAdmissionPolicy", "metadata": {"name": name}, "spec": spec or {}}


def binding(actions: Any, policy_name: Any = "no-root", name: str = "b") -> dict[str, Any]:
    return {
        "apiVersion": API,
        "kind": "ValidatingAdmissionPolicyBinding",
        "metadata": {"name": name},
        "spec": {"policyName": policy_name, "validationActions": actions},
    }


def kyverno(*rules: Any, kind: str = "ClusterPolicy", **spec: Any) -> dict[str, Any]:
    metadata = {"name": "no-root"}
    return {
        "apiVersion": "kyverno.io/v1",
        "kind": kind,
        "metadata": metadata,
        "spec": {"rules": list(rules), **spec},
    }


def validate(**fields: Any) -> dict[str, Any]:
    return {"name": "r", "validate": {"message": "no", **fields}}


CASES = Cases(
    passes=[
        binding(["Deny"]),
        binding(["Audit", "Deny"]),
        [policy(), binding(["Warn"])],
        kyverno(validate(), validationFailureAction="Enforce"),
    ],
    fails=[binding(["Warn"]), binding([]), policy(), [policy(), binding(["Deny"], "other")], kyverno(validate())],
    absent=binding(None),
    absent_fails=True,
    ill_typed=[
        binding("Deny"),
        binding([1]),
        policy(spec=["no"]),
        [policy(), binding(["Deny"], 1)],
        [policy(spec={"failurePolicy": 1}), binding(["Deny"])],
        kyverno(validate(failureAction=1)),
        kyverno("rule"),
        kyverno(validate(), validationFailureAction=True),
    ],
)


@pytest.mark.parametrize(
    ("actions", "told"),
    [
        (["Warn"], "`Warn` in it"),
        (["Warn", "Audit"], "`Warn` and `Audit` in it"),
        (["deny"], "`deny`"),
        ([], "nothing"),
    ],
)
def test_a_binding_that_refuses_nothing_is_sure(actions: list[str], told: str) -> None:
    (finding,) = judge(check, binding(actions))
    assert (finding.severity, finding.confidence, finding.persona) == ("low", "high", "strict")
    assert finding.path == ("spec", "validationActions")
    assert told in finding.message


def test_a_policy_without_binding_may_have_one_elsewhere() -> None:
    """One that is bound is told by its binding alone."""
    (finding,) = judge(check, policy("a"), binding(["Deny"]))
    assert (finding.confidence, finding.path) == ("medium", ("metadata", "name"))
    assert "`policyName: a`" in finding.message
    assert check.needs == ("inventory",)


def test_a_binding_that_cannot_be_read_may_name_it() -> None:
    evaluation = run(check, policy(), binding(["Deny"], 1, "broken"))
    first = evaluation.results[0]
    assert (first.verdict, first.reason) == ("error", "lookup-failed")
    assert "`broken`" in first.message


def test_a_policy_that_fails_open_is_found_beside_its_binding() -> None:
    (finding,) = judge(check, policy(spec={"failurePolicy": "Ignore"}), binding(["Deny"]))
    assert (finding.confidence, finding.path) == ("high", ("spec", "failurePolicy"))
    assert judge(check, policy(spec={"failurePolicy": "Fail"}), binding(["Deny"])) == []


@pytest.mark.parametrize("kind", ["ClusterPolicy", "Policy"])
@pytest.mark.parametrize(
    ("default", "own", "found"),
    [
        (None, None, 1),
        ("audit", None, 1),
        ("enforce", None, 0),
        ("Audit", "Enforce", 0),
        ("Enforce", "Audit", 1),
    ],
)
def test_the_action_of_a_rule_of_kyverno_wins(kind: str, default: str | None, own: str | None, found: int) -> None:
    told = judge(check, kyverno(validate(failureAction=own), kind=kind, validationFailureAction=default))
    assert [f.path for f in told] == [("spec", "rules", 0, "validate", "failureAction")] * found


def test_rules_of_kyverno_that_judge_nothing_pass() -> None:
    assert judge(check, kyverno({"name": "m", "mutate": {}}, {"name": "g", "generate": {}})) == []


@pytest.mark.parametrize(("actions", "says"), [(["Audit"], False), (["Warn"], True), (["Warn", "Audit"], True)])
def test_warn_is_to_be_removed_where_it_stands(actions: list[str], says: bool) -> None:
    (finding,) = judge(check, binding(actions))
    assert ("remove `Warn`" in finding.message) is says
