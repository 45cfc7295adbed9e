"""windows-host-process: a process of the node."""

from typing import Any

import pytest

from bartizan.checks.pod.windows_host_process import check
from tests.checks.cases import Cases
from tests.harness import container, fixed, judge, pod, run

HOST = {"windowsOptions": {"hostProcess": True}}

CASES = Cases(
    passes=[{"securityContext": {"windowsOptions": {"hostProcess": False}}}],
    fails=[{"securityContext": {"windowsOptions": {"hostProcess": True}}}],
    absent={},
    absent_fails=False,
    ill_typed=[{"securityContext": {"windowsOptions": {"hostProcess": "true"}}}, {"securityContext": 1}],
)


@pytest.mark.parametrize(
    "options", [None, {}, {"hostProcess": None}, {"hostProcess": False}, {"runAsUserName": "a"}]
)
def test_ordinary_containers_pass(options: object) -> None:
    security = {"windowsOptions": options}
    assert judge(check, pod({"securityContext": security}, container(securityContext=security))) == []


def test_pod_and_container_are_each_found_and_fixed() -> None:
    raw = pod({"securityContext": HOST}, container(securityContext=HOST))
    assert {f.path for f in judge(check, raw)} == {
        ("spec", "containers", 0, "securityContext", "windowsOptions", "hostProcess"),
        ("spec", "securityContext", "windowsOptions", "hostProcess"),
    }
    assert judge(check, fixed(check, raw)) == []


@pytest.mark.parametrize("field", ["initContainers", "containers", "ephemeralContainers"])
def test_every_kind_of_container_is_looked_at(field: str) -> None:
    raw = pod({field: [container(securityContext=HOST)]})
    assert [f.path[1] for f in judge(check, raw)] == [field]


@pytest.mark.parametrize("options", ["x", {"hostProcess": "true"}])
def test_an_ill_typed_value_is_an_error_and_no_pass(options: Any) -> None:
    assert [r.verdict for r in run(check, pod({"securityContext": {"windowsOptions": options}})).results] == [
        "error"
    ]
