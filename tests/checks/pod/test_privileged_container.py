"""privileged-container: a container with every power over its node."""

import pytest

from bartizan.checks.pod.privileged_container import check
from tests.checks.cases import Cases
from tests.harness import container, fixed, judge, pod

PRIVILEGED = container(securityContext={"privileged": True})

CASES = Cases(
    passes=[{"securityContext": {"privileged": False}}],
    fails=[{"securityContext": {"privileged": True}}],
    absent={},
    absent_fails=False,
    ill_typed=[{"securityContext": {"privileged": "true"}}, {"securityContext": ["privileged"]}],
)


@pytest.mark.parametrize(
    "security",
    [None, {}, {"privileged": False}, {"privileged": None}, {"capabilities": {"add": ["SYS_ADMIN"]}}],
)
def test_a_container_without_the_flag_passes(security: object) -> None:
    assert judge(check, pod({}, container(securityContext=security))) == []


@pytest.mark.parametrize("field", ["initContainers", "containers", "ephemeralContainers"])
def test_every_kind_of_container_is_looked_at(field: str) -> None:
    """An init or ephemeral container holds the node as well as a regular one."""
    (finding,) = judge(check, pod({field: [PRIVILEGED]}))
    assert finding.path == ("spec", field, 0, "securityContext", "privileged")
    assert finding.subject.container == "app"


def test_each_privileged_container_is_one_finding() -> None:
    """The first one does not hide the second."""
    names = [f.subject.container for f in judge(check, pod({}, PRIVILEGED, PRIVILEGED | {"name": "b"}))]
    assert names == ["app", "b"]


def test_the_fix_removes_the_finding() -> None:
    assert judge(check, fixed(check, pod({}, PRIVILEGED))) == []
