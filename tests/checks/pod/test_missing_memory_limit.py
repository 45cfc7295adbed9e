"""missing-memory-limit: nothing keeps a container from taking the node's memory."""

from typing import Any

import pytest

from bartizan.checks.pod.missing_memory_limit import Params, check
from tests.checks.cases import Cases
from tests.harness import container, judge, pod, run

CASES = Cases(
    passes=[{"resources": {"limits": {"memory": "256Mi"}}}],
    fails=[{"resources": {"requests": {"memory": "256Mi"}}}, {"resources": {"limits": {"memory": 0}}}],
    absent={},
    absent_fails=True,
    ill_typed=[
        {"resources": {"limits": "256Mi"}},
        {"resources": []},
        {"resources": {"limits": {"memory": "256MB"}}},
    ],
)


def limited(**limits: Any) -> dict[str, Any]:
    return container(resources={"limits": limits})


@pytest.mark.parametrize("memory", ["256Mi", "1e9", 268435456, 1.5e9])
def test_a_limit_in_any_spelling_passes(memory: object) -> None:
    assert judge(check, pod({}, limited(memory=memory))) == []


@pytest.mark.parametrize(
    "resources",
    [
        None,
        {},
        {"limits": None},
        {"limits": {}},
        {"limits": {"memory": None}},
        {"limits": {"cpu": 1}},
        {"requests": {"memory": "256Mi"}},
        {"limits": {"memory": 0}},
        {"limits": {"memory": "0"}},
        {"limits": {"memory": "0Mi"}},
        {"limits": {"memory": "0.0"}},
    ],
)
def test_without_a_limit_it_is_found(resources: object) -> None:
    """A request is no limit, and a limit of zero means none."""
    (finding,) = judge(check, pod({}, container(resources=resources)))
    assert finding.path == ("spec", "containers", 0, "resources", "limits", "memory")
    assert "`resources.limits.memory`" in finding.message
    assert finding.fix is None


def test_init_containers_count_and_ephemeral_ones_cannot_have_limits() -> None:
    raw = pod({"initContainers": [container(name="a"), container(name="b", restartPolicy="Always")]})
    raw["spec"]["ephemeralContainers"] = [container(name="debug")]
    assert {f.subject.container for f in judge(check, raw)} == {"a", "b", "app"}


def test_further_resources_can_be_asked_for() -> None:
    params = Params(resources=("cpu", "ephemeral-storage"))
    found = judge(check, pod({}, limited(cpu="1")), params=params)
    assert [finding.path[-1] for finding in found] == ["ephemeral-storage"]


def test_each_missing_limit_is_a_finding_of_its_own() -> None:
    found = judge(check, pod(), params=Params(resources=("memory", "cpu")))
    assert {finding.path[-1] for finding in found} == {"memory", "cpu"}


def test_a_limit_of_the_whole_pod_bounds_its_containers() -> None:
    """From Kubernetes 1.34 on; before that the field has no effect."""
    raw = pod({"resources": {"limits": {"memory": "1Gi"}}})
    assert judge(check, raw) == []
    assert len(judge(check, raw, minor=33)) == 1


def test_ill_typed_limits_are_an_error() -> None:
    (result,) = run(check, pod({}, container(resources={"limits": "256Mi"}))).results
    assert result.verdict == "error"


def test_a_number_that_nobody_reads_is_an_error_and_not_shown_in_full() -> None:
    (result,) = run(check, pod({}, limited(memory="1" * 5_000))).results
    assert (result.verdict, result.reason) == ("error", "ill-typed-field")
    assert len(result.message) < 200
