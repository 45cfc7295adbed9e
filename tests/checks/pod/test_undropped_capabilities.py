"""undropped-capabilities: a container drops all and adds at most one."""

from typing import Any

import pytest

from bartizan.checks.pod.added_capabilities import check as added_capabilities
from bartizan.checks.pod.undropped_capabilities import check
from bartizan.evaluate import Judge, evaluate
from bartizan.lookups import Inventory
from bartizan.model.review import Review
from tests.checks.cases import Cases
from tests.harness import TODAY, container, fixed, judge, pod, resource, run

CASES = Cases(
    passes=[{"securityContext": {"capabilities": {"drop": ["ALL"], "add": ["NET_BIND_SERVICE"]}}}],
    fails=[
        {"securityContext": {"capabilities": {"drop": ["NET_RAW"]}}},
        {"securityContext": {"capabilities": {"drop": ["ALL"], "add": ["CHOWN"]}}},
    ],
    absent={},
    absent_fails=True,
    ill_typed=[{"securityContext": {"capabilities": {"drop": "ALL"}}}, {"securityContext": {"capabilities": []}}],
)


def having(**capabilities: Any) -> dict[str, Any]:
    return container(securityContext={"capabilities": capabilities})


@pytest.mark.parametrize(
    "app",
    [
        having(drop=["ALL"]),
        having(drop=["NET_RAW", "ALL"], add=["NET_BIND_SERVICE"]),
        having(drop=["ALL"], add=[]),
    ],
)
def test_all_dropped_passes(app: dict[str, Any]) -> None:
    assert judge(check, pod({}, app)) == []


@pytest.mark.parametrize(
    "app",
    [
        container(),
        container(securityContext=None),
        container(securityContext={"capabilities": None}),
        having(),
        having(drop=None),
        having(drop=[]),
        having(drop=["NET_RAW"]),
        having(drop=["all"]),
        having(drop=["NET_RAW"], add=["NET_BIND_SERVICE"]),
    ],
)
def test_all_must_be_dropped_in_so_many_letters(app: dict[str, Any]) -> None:
    (finding,) = judge(check, pod({}, app))
    assert finding.path == ("spec", "containers", 0, "securityContext", "capabilities", "drop")
    assert finding.severity == "low"
    assert judge(check, fixed(check, pod({}, app))) == []


def test_a_default_capability_added_back_is_told_by_its_name() -> None:
    (finding,) = judge(check, pod({}, having(drop=["ALL"], add=["NET_BIND_SERVICE", "SETUID"])))
    assert (finding.evidence, finding.severity, finding.path[-2:]) == ("SETUID", "low", ("add", 1))


@pytest.mark.parametrize("field", ["initContainers", "containers", "ephemeralContainers"])
def test_every_kind_of_container_is_looked_at(field: str) -> None:
    found = judge(check, pod({"containers": [having(drop=["ALL"])], field: [container()]}))
    assert [f.path[1] for f in found] == [field]


def test_what_the_overridden_check_told_is_not_told_again() -> None:
    """SYS_ADMIN and CHOWN are both added; the baseline check tells the first, this one the second."""
    review = Review(resource(pod({}, having(drop=["ALL"], add=["SYS_ADMIN", "CHOWN"]))))
    judges = [Judge(item, item.params()) for item in (added_capabilities, check)]
    evaluation = evaluate(judges, [review], Inventory([review.object]), TODAY)
    assert {(f.check, f.evidence) for f in evaluation.findings} == {
        ("added-capabilities", "SYS_ADMIN"),
        ("undropped-capabilities", "CHOWN"),
    }
    assert [r.verdict for r in evaluation.results] == ["fail", "fail"]


def test_windows_pods_are_left_out_from_1_25_on() -> None:
    windows = pod({"os": {"name": "windows"}})
    assert judge(check, windows) == []
    assert len(judge(check, windows, minor=24)) == 1


@pytest.mark.parametrize("drop", ["ALL", [True]])
def test_an_ill_typed_list_is_an_error_and_no_pass(drop: object) -> None:
    assert [r.verdict for r in run(check, pod({}, having(drop=drop))).results] == ["error"]
