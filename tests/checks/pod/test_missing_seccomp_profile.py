"""missing-seccomp-profile: no filter of system calls, not even a word about it."""

from typing import Any

import pytest

from bartizan.checks.pod.missing_seccomp_profile import check
from bartizan.checks.pod.unconfined_seccomp import check as unconfined_seccomp
from bartizan.evaluate import Judge, evaluate
from bartizan.lookups import Inventory
from bartizan.model.review import Review
from tests.checks.cases import Cases
from tests.harness import TODAY, container, fixed, judge, pod, resource, run

DEFAULT = {"seccompProfile": {"type": "RuntimeDefault"}}
UNCONFINED = {"seccompProfile": {"type": "Unconfined"}}
POD_FIELD = ("spec", "securityContext", "seccompProfile")

CASES = Cases(
    passes=[{"securityContext": DEFAULT}, {"containers": [container(securityContext=DEFAULT)]}],
    fails=[{"securityContext": UNCONFINED}, {"containers": [container(), container(name="b")]}],
    absent={},
    absent_fails=True,
    ill_typed=[{"securityContext": {"seccompProfile": "RuntimeDefault"}}, {"securityContext": []}],
)


@pytest.mark.parametrize(
    "raw",
    [
        pod({"securityContext": DEFAULT}),
        pod({"securityContext": {"seccompProfile": {"type": "Localhost", "localhostProfile": "a"}}}),
        pod({}, container(securityContext=DEFAULT)),
        pod({"containers": []}),
    ],
)
def test_pods_with_a_profile_pass(raw: dict[str, Any]) -> None:
    assert judge(check, raw) == []


@pytest.mark.parametrize("security", [None, {}, {"seccompProfile": None}])
def test_a_silent_pod_is_one_finding_at_the_pod_with_one_fix(security: object) -> None:
    raw = pod({"securityContext": security, "ephemeralContainers": [container(name="debug")]}, container())
    (finding,) = judge(check, raw)
    assert finding.path == POD_FIELD
    assert "`app`, `debug`" in finding.message
    assert judge(check, fixed(check, raw)) == []


def test_the_one_silent_container_is_named() -> None:
    raw = pod({}, container(securityContext=DEFAULT), container(name="sidecar"))
    (finding,) = judge(check, raw)
    assert (finding.path, finding.subject.container) == (POD_FIELD, "sidecar")
    assert judge(check, fixed(check, raw)) == []


@pytest.mark.parametrize("field", ["initContainers", "containers", "ephemeralContainers"])
def test_every_kind_of_container_is_looked_at(field: str) -> None:
    raw = pod({"containers": [container(securityContext=DEFAULT)], field: [container(name="x")]})
    assert ["`x`" in f.message for f in judge(check, raw)] == [True]


def test_what_the_overridden_check_told_is_not_told_again() -> None:
    """The unconfined container is told by the baseline check, the silent one by this."""
    review = Review(resource(pod({}, container(securityContext=UNCONFINED), container(name="b"))))
    judges = [Judge(item, item.params()) for item in (unconfined_seccomp, check)]
    evaluation = evaluate(judges, [review], Inventory([review.object]), TODAY)
    assert {(f.check, f.subject.container) for f in evaluation.findings} == {
        ("missing-seccomp-profile", "b"),
        ("unconfined-seccomp", "app"),
    }


def test_an_unconfined_pod_covers_its_silent_containers() -> None:
    assert [f.path for f in judge(check, pod({"securityContext": UNCONFINED}))] == [(*POD_FIELD, "type")]


def test_windows_pods_are_left_out_from_1_25_on() -> None:
    windows = pod({"os": {"name": "windows"}})
    assert judge(check, windows) == []
    assert len(judge(check, windows, minor=24)) == 1


def test_there_is_no_rule_before_1_19() -> None:
    assert check.rule(18) is None


@pytest.mark.parametrize("profile", ["RuntimeDefault", {"type": 1}])
def test_an_ill_typed_profile_is_an_error_and_no_pass(profile: object) -> None:
    assert [r.verdict for r in run(check, pod({"securityContext": {"seccompProfile": profile}})).results] == [
        "error"
    ]
