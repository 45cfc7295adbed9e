"""unconfined-seccomp: the filter of system calls, switched off in writing."""

from typing import Any

import pytest

from bartizan.checks.pod.unconfined_seccomp import check
from tests.checks.cases import Cases
from tests.harness import container, fixed, judge, pod, run

POD = "seccomp.security.alpha.kubernetes.io/pod"
APP = "container.seccomp.security.alpha.kubernetes.io/app"

CASES = Cases(
    passes=[{"securityContext": {"seccompProfile": {"type": "RuntimeDefault"}}}],
    fails=[
        {"securityContext": {"seccompProfile": {"type": "Unconfined"}}},
        {"containers": [container(securityContext={"seccompProfile": {"type": "Unconfined"}})]},
    ],
    absent={},
    absent_fails=False,
    ill_typed=[{"securityContext": {"seccompProfile": "Unconfined"}}, {"securityContext": []}],
)


@pytest.mark.parametrize(
    "profile", [None, {"type": "RuntimeDefault"}, {"type": "Localhost", "localhostProfile": "a.json"}]
)
def test_a_filter_or_no_word_passes(profile: object) -> None:
    security = {"seccompProfile": profile}
    assert judge(check, pod({"securityContext": security}, container(securityContext=security))) == []


@pytest.mark.parametrize("profile", [{}, {"type": None}, {"type": "Unconfined"}, {"type": "runtime/default"}])
def test_any_other_profile_is_found_and_fixed(profile: dict[str, Any]) -> None:
    security = {"seccompProfile": profile}
    raw = pod({"securityContext": security}, container(securityContext=security))
    assert {f.path for f in judge(check, raw)} == {
        ("spec", "containers", 0, "securityContext", "seccompProfile", "type"),
        ("spec", "securityContext", "seccompProfile", "type"),
    }
    assert judge(check, fixed(check, raw)) == []


def test_no_fix_where_a_profile_of_the_node_was_meant() -> None:
    raw = pod({"securityContext": {"seccompProfile": {"type": "localhost", "localhostProfile": "a.json"}}})
    assert [f.fix for f in judge(check, raw)] == [None]


@pytest.mark.parametrize("field", ["initContainers", "containers", "ephemeralContainers"])
def test_every_kind_of_container_is_looked_at(field: str) -> None:
    raw = pod({field: [container(securityContext={"seccompProfile": {"type": "Unconfined"}})]})
    assert [f.path[1] for f in judge(check, raw)] == [field]


@pytest.mark.parametrize("value", ["runtime/default", "docker/default", "localhost/a.json", None])
@pytest.mark.parametrize("key", [POD, APP])
def test_before_1_19_safe_annotations_pass(key: str, value: object) -> None:
    assert judge(check, pod(annotations={key: value}), minor=18) == []


@pytest.mark.parametrize("value", ["unconfined", "", "localhost"])
@pytest.mark.parametrize("key", [POD, APP])
def test_before_1_19_other_annotations_are_found_and_fixed(key: str, value: str) -> None:
    raw = pod(annotations={key: value})
    (finding,) = judge(check, raw, minor=18)
    assert finding.path == ("metadata", "annotations", key)
    assert judge(check, fixed(check, raw, minor=18), minor=18) == []
    assert judge(check, raw, minor=19) == []


def test_before_1_19_the_field_and_strangers_annotations_do_not_count() -> None:
    raw = pod(
        {"securityContext": {"seccompProfile": {"type": "Unconfined"}}}, annotations={APP + "2": "unconfined"}
    )
    assert judge(check, raw, minor=18) == []


def test_an_ill_typed_profile_is_an_error_and_no_pass() -> None:
    assert [r.verdict for r in run(check, pod({"securityContext": {"seccompProfile": "x"}})).results] == ["error"]
    assert [r.verdict for r in run(check, pod(annotations={POD: 1}), minor=18).results] == ["error"]
