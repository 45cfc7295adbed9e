"""shared-process-namespace: containers see each other's processes."""

from typing import Any

import pytest

from bartizan.checks.pod.shared_process_namespace import check
from tests.checks.cases import Cases
from tests.harness import container, judge, pod, run

PAIR = [container(name="app"), container(name="helper")]

CASES = Cases(
    passes=[{"shareProcessNamespace": False, "containers": PAIR}],
    fails=[{"shareProcessNamespace": True, "containers": PAIR}],
    absent={"containers": PAIR},
    absent_fails=False,
    ill_typed=[{"shareProcessNamespace": "true", "containers": PAIR}],
)


@pytest.mark.parametrize("shared", [False, None])
def test_containers_apart_pass(shared: object) -> None:
    assert judge(check, pod({"shareProcessNamespace": shared, "containers": PAIR})) == []


def test_absent_means_apart() -> None:
    assert judge(check, pod({"containers": PAIR})) == []


@pytest.mark.parametrize(
    "spec",
    [
        {"containers": PAIR},
        {"initContainers": [container(name="helper", restartPolicy="Always")]},
        {"ephemeralContainers": [container(name="helper")]},
    ],
)
def test_two_that_run_side_by_side_are_found(spec: dict[str, Any]) -> None:
    (finding,) = judge(check, pod({"shareProcessNamespace": True, **spec}))
    assert finding.path == ("spec", "shareProcessNamespace")
    assert "`app`" in finding.message
    assert "`helper`" in finding.message


@pytest.mark.parametrize("spec", [{}, {"initContainers": [container(name="early")]}])
def test_a_container_alone_shares_with_nobody(spec: dict[str, Any]) -> None:
    """An init container has ended before the others start."""
    assert judge(check, pod({"shareProcessNamespace": True, **spec})) == []


def test_an_ill_typed_field_is_an_error() -> None:
    (result,) = run(check, pod({"shareProcessNamespace": "yes", "containers": PAIR})).results
    assert result.verdict == "error"
