"""unsafe-apparmor-profile: the default confinement, taken away."""

from typing import Any

import pytest

from bartizan.checks.pod.unsafe_apparmor_profile import check
from tests.checks.cases import Cases
from tests.harness import container, fixed, judge, pod, run

PREFIX = "container.apparmor.security.beta.kubernetes.io/"

CASES = Cases(
    passes=[{"securityContext": {"appArmorProfile": {"type": "RuntimeDefault"}}}],
    fails=[
        {"securityContext": {"appArmorProfile": {"type": "Unconfined"}}},
        {"metadata": {"annotations": {"container.apparmor.security.beta.kubernetes.io/app": "unconfined"}}},
    ],
    absent={},
    absent_fails=False,
    ill_typed=[
        {"securityContext": {"appArmorProfile": "Unconfined"}},
        {"metadata": {"annotations": "unconfined"}},
    ],
)


@pytest.mark.parametrize(
    "profile", [None, {"type": "RuntimeDefault"}, {"type": "Localhost", "localhostProfile": "a"}]
)
def test_a_profile_or_no_word_passes(profile: object) -> None:
    security = {"appArmorProfile": profile}
    assert judge(check, pod({"securityContext": security}, container(securityContext=security))) == []


@pytest.mark.parametrize("profile", [{}, {"type": "Unconfined"}, {"type": "runtimedefault"}])
def test_any_other_profile_is_found_and_removed(profile: dict[str, Any]) -> None:
    raw = pod(
        {"securityContext": {"appArmorProfile": profile}},
        container(securityContext={"appArmorProfile": profile}),
    )
    assert {f.path for f in judge(check, raw)} == {
        ("spec", "containers", 0, "securityContext", "appArmorProfile", "type"),
        ("spec", "securityContext", "appArmorProfile", "type"),
    }
    assert judge(check, fixed(check, raw)) == []


@pytest.mark.parametrize("field", ["initContainers", "containers", "ephemeralContainers"])
def test_every_kind_of_container_is_looked_at(field: str) -> None:
    raw = pod({field: [container(securityContext={"appArmorProfile": {"type": "Unconfined"}})]})
    assert [f.path[1] for f in judge(check, raw)] == [field]


@pytest.mark.parametrize("value", ["", "runtime/default", "localhost/", "localhost/shop", None])
def test_safe_annotations_pass(value: object) -> None:
    assert judge(check, pod(annotations={PREFIX + "app": value, "note": "unconfined"})) == []


@pytest.mark.parametrize("minor", [0, 29, 30, 37])
@pytest.mark.parametrize(
    ("name", "value"), [("app", "unconfined"), ("stranger", "Localhost/a"), ("", "docker/default")]
)
def test_other_annotations_count_in_every_version(name: str, value: str, minor: int) -> None:
    """Also for a container that the pod does not have."""
    raw = pod(annotations={PREFIX + name: value})
    (finding,) = judge(check, raw, minor=minor)
    assert finding.path == ("metadata", "annotations", PREFIX + name)
    assert judge(check, fixed(check, raw)) == []


def test_an_ill_typed_profile_is_an_error_and_no_pass() -> None:
    assert [r.verdict for r in run(check, pod({"securityContext": {"appArmorProfile": "x"}})).results] == ["error"]
    assert [r.verdict for r in run(check, pod(annotations={PREFIX + "app": False})).results] == ["error"]
