"""root-user: root by name, or rather by number."""

from typing import Any

import pytest

from bartizan.checks.pod.root_user import check
from tests.checks.cases import Cases
from tests.harness import container, judge, pod, run

CASES = Cases(
    passes=[{"securityContext": {"runAsUser": 1000}}],
    fails=[{"securityContext": {"runAsUser": 0}}, {"containers": [container(securityContext={"runAsUser": 0})]}],
    absent={},
    absent_fails=False,
    ill_typed=[{"securityContext": {"runAsUser": "0"}}, {"securityContext": {"runAsUser": False}}],
)


@pytest.mark.parametrize("user", [None, 1, 1000, -1])
def test_other_users_pass(user: object) -> None:
    assert (
        judge(check, pod({"securityContext": {"runAsUser": user}}, container(securityContext={"runAsUser": user})))
        == []
    )


def test_pod_and_container_are_each_a_finding() -> None:
    raw = pod({"securityContext": {"runAsUser": 0}}, container(securityContext={"runAsUser": 0}))
    assert {f.path for f in judge(check, raw)} == {
        ("spec", "containers", 0, "securityContext", "runAsUser"),
        ("spec", "securityContext", "runAsUser"),
    }
    assert [f.fix for f in judge(check, raw)] == [None, None]


@pytest.mark.parametrize("field", ["initContainers", "containers", "ephemeralContainers"])
def test_every_kind_of_container_is_looked_at(field: str) -> None:
    (finding,) = judge(check, pod({field: [container(securityContext={"runAsUser": 0})]}))
    assert finding.path[1] == field


def test_a_container_of_another_user_does_not_excuse_the_pod() -> None:
    raw = pod({"securityContext": {"runAsUser": 0}}, container(securityContext={"runAsUser": 1000}))
    assert len(judge(check, raw)) == 1


def test_a_user_namespace_excuses_it_from_1_35_on() -> None:
    raw = pod({"hostUsers": False, "securityContext": {"runAsUser": 0}})
    assert judge(check, raw) == []
    assert len(judge(check, raw, minor=34)) == 1


def test_there_is_no_rule_before_1_23() -> None:
    assert check.rule(22) is None


@pytest.mark.parametrize(
    "spec", [{"securityContext": {"runAsUser": "0"}}, {"securityContext": {"runAsUser": False}}]
)
def test_an_ill_typed_user_is_an_error_and_no_pass(spec: dict[str, Any]) -> None:
    assert [r.verdict for r in run(check, pod(spec)).results] == ["error"]
