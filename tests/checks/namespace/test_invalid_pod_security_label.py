"""invalid-pod-security-label: a guard that is none."""

from typing import Any

import pytest

from bartizan.checks.namespace.invalid_pod_security_label import check
from tests.checks.cases import Cases
from tests.checks.namespace.objects import PREFIX, guarded, namespace
from tests.harness import judge

CASES = Cases(
    passes=[
        guarded(enforce="privileged", audit="baseline", warn="restricted"),
        guarded(enforce="baseline", enforce_version="v1.34", audit_version="latest", warn_version="v1.0"),
        namespace({"app": "enforce"}),
    ],
    fails=[guarded(enforce="Restricted"), guarded(enforced="restricted"), guarded(enforce_version="1.34")],
    absent=namespace(),
    absent_fails=False,
    ill_typed=[namespace(["enforce"]), guarded(warn=1)],
)


@pytest.mark.parametrize("value", ["", "Baseline", "baseline ", "high", "latest"])
def test_a_level_that_does_not_exist_is_found(value: str) -> None:
    (finding,) = judge(check, guarded(enforce=value))
    assert (finding.severity, finding.path) == ("medium", ("metadata", "labels", PREFIX + "enforce"))
    assert f"`{value}` is no Pod Security level" in finding.message


@pytest.mark.parametrize("value", ["", "v1", "1.34", "v1.034", "v2.1", "v1.34.1", "Latest", "v1.34\n"])
def test_a_version_that_does_not_exist_is_found(value: str) -> None:
    (finding,) = judge(check, guarded(enforce="baseline", enforce_version=value))
    assert finding.path == ("metadata", "labels", PREFIX + "enforce-version")
    assert "`latest`" in finding.message


@pytest.mark.parametrize("name", ["enforced", "Enforce", "enforce-level", "deny", "enforce_version", ""])
def test_a_label_that_nobody_reads_is_found(name: str) -> None:
    """The API server keeps it without a word."""
    (finding,) = judge(check, namespace({PREFIX + name: "restricted"}))
    assert (finding.severity, finding.path) == ("medium", ("metadata", "labels", PREFIX + name))
    assert "protects nothing" in finding.message


@pytest.mark.parametrize("labels", [{"audit": "high"}, {"warn": "high"}, {"warn_version": "1.2"}])
def test_modes_that_refuse_nothing_weigh_little(labels: dict[str, Any]) -> None:
    assert [finding.severity for finding in judge(check, guarded(**labels))] == ["low"]


def test_each_label_is_a_finding() -> None:
    assert len(judge(check, guarded(enforce="high", warn="high", enforce_version="new"))) == 3
