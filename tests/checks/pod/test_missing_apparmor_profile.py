"""missing-apparmor-profile: started where AppArmor is not in force."""

import pytest

from bartizan.checks.pod.missing_apparmor_profile import check
from tests.checks.cases import Cases
from tests.harness import container, judge, pod

PROFILE = {"appArmorProfile": {"type": "RuntimeDefault"}}
UNCONFINED = {"appArmorProfile": {"type": "Unconfined"}}
ANNOTATION = {"container.apparmor.security.beta.kubernetes.io/app": "runtime/default"}
CASES = Cases(
    passes=[
        {"securityContext": PROFILE},
        {"containers": [container(securityContext=PROFILE)]},
        {"metadata": {"annotations": ANNOTATION}},
        {"os": {"name": "windows"}},
    ],
    fails=[
        {"containers": [container(securityContext=PROFILE), container(name="b")]},
        {"securityContext": UNCONFINED},
        {"securityContext": PROFILE, "containers": [container(securityContext=UNCONFINED)]},
        {"metadata": {"annotations": dict.fromkeys(ANNOTATION, "unconfined")}},
    ],
    absent={},
    absent_fails=True,
    ill_typed=[{"securityContext": {"appArmorProfile": "RuntimeDefault"}}, {"metadata": {"annotations": ["a"]}}],
)


def test_silent_containers_are_one_finding_at_the_pod() -> None:
    (finding,) = judge(check, pod({"initContainers": [container(name="first")]}))
    assert finding.path == ("spec", "securityContext", "appArmorProfile")
    assert (finding.severity, finding.fix) == ("info", None)
    assert "`first`, `app`" in finding.message


def test_one_silent_container_is_the_subject() -> None:
    (finding,) = judge(check, pod({}, container(securityContext=PROFILE), container(name="b")))
    assert finding.subject.container == "b"


@pytest.mark.parametrize(("minor", "count"), [(29, 0), (30, 1)])
def test_it_is_asked_for_since_there_is_a_field(minor: int, count: int) -> None:
    assert len(judge(check, pod(), minor=minor)) == count
