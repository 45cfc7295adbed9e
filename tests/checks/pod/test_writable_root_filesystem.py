"""writable-root-filesystem: whoever is inside can change the program."""

import pytest

from bartizan.checks.pod.writable_root_filesystem import check
from tests.checks.cases import Cases
from tests.harness import container, judge, pod, run

CASES = Cases(
    passes=[{"securityContext": {"readOnlyRootFilesystem": True}}],
    fails=[{"securityContext": {"readOnlyRootFilesystem": False}}],
    absent={},
    absent_fails=True,
    ill_typed=[{"securityContext": {"readOnlyRootFilesystem": "true"}}, {"securityContext": []}],
)


def test_a_read_only_root_file_system_passes() -> None:
    assert judge(check, pod({}, container(securityContext={"readOnlyRootFilesystem": True}))) == []


@pytest.mark.parametrize(
    "security", [None, {}, {"readOnlyRootFilesystem": False}, {"readOnlyRootFilesystem": None}]
)
def test_absent_and_false_are_found(security: object) -> None:
    """There is no fix: which places a program writes to shows only when it runs."""
    (finding,) = judge(check, pod({}, container(securityContext=security)))
    assert finding.path == ("spec", "containers", 0, "securityContext", "readOnlyRootFilesystem")
    assert finding.fix is None
    assert finding.persona == "strict"


@pytest.mark.parametrize("field", ["initContainers", "containers", "ephemeralContainers"])
def test_every_kind_of_container_is_looked_at(field: str) -> None:
    assert ("spec", field, 0) in [finding.path[:3] for finding in judge(check, pod({field: [container()]}))]


def test_windows_has_no_such_field() -> None:
    assert judge(check, pod({"os": {"name": "windows"}})) == []


def test_an_ill_typed_field_is_an_error() -> None:
    (result,) = run(check, pod({}, container(securityContext={"readOnlyRootFilesystem": "true"}))).results
    assert result.verdict == "error"
