"""pod-security-version-not-pinned: an upgrade changes what may run."""

import pytest

from bartizan.checks.namespace.pod_security_version_not_pinned import check
from tests.checks.cases import Cases
from tests.checks.namespace.objects import PREFIX, guarded, namespace
from tests.harness import judge

CASES = Cases(
    passes=[guarded(enforce="baseline", enforce_version="v1.34"), guarded(enforce="privileged")],
    fails=[guarded(enforce="baseline"), guarded(enforce="restricted", enforce_version="latest")],
    absent=namespace(),
    absent_fails=False,
    ill_typed=[namespace("enforce"), guarded(enforce="baseline", enforce_version=1)],
)


@pytest.mark.parametrize("level", ["baseline", "restricted"])
def test_the_finding_is_an_opinion(level: str) -> None:
    (finding,) = judge(check, guarded(enforce=level, warn_version="v1.34"))
    assert (finding.severity, finding.persona) == ("info", "audit")
    assert finding.path == ("metadata", "labels", PREFIX + "enforce-version")
    assert f"`{level}`" in finding.message


@pytest.mark.parametrize("level", ["privileged", "high", None])
def test_where_nothing_is_enforced_there_is_nothing_to_pin(level: str | None) -> None:
    assert judge(check, guarded(enforce=level)) == []
