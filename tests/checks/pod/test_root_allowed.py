"""root-allowed: nothing keeps the program from being root."""

from typing import Any

import pytest

from bartizan.checks.pod.root_allowed import check
from tests.checks.cases import Cases
from tests.harness import container, fixed, judge, pod, run

POD_FIELD = ("spec", "securityContext", "runAsNonRoot")

CASES = Cases(
    passes=[{"securityContext": {"runAsNonRoot": True}}],
    fails=[{"securityContext": {"runAsNonRoot": False}}, {"securityContext": {"runAsUser": 1000}}],
    absent={},
    absent_fails=True,
    ill_typed=[{"securityContext": {"runAsNonRoot": "true"}}, {"securityContext": "nonroot"}],
)


def saying(name: str = "app", **security: Any) -> dict[str, Any]:
    return container(name=name, securityContext=security)


@pytest.mark.parametrize(
    "raw",
    [
        pod({"securityContext": {"runAsNonRoot": True}}),
        pod(
            {"securityContext": {"runAsNonRoot": True}}, saying(runAsNonRoot=None), saying("b", runAsNonRoot=True)
        ),
        pod({}, saying(runAsNonRoot=True), saying("b", runAsNonRoot=True)),
        pod({"containers": []}),
    ],
)
def test_pods_that_forbid_root_pass(raw: dict[str, Any]) -> None:
    assert judge(check, raw) == []


@pytest.mark.parametrize("security", [None, {}, {"runAsNonRoot": None}, {"runAsUser": 1000}])
def test_a_silent_pod_is_one_finding_at_the_pod_with_one_fix(security: object) -> None:
    raw = pod(
        {"securityContext": security, "initContainers": [container(name="init")]},
        container(),
        saying("b", runAsNonRoot=None),
    )
    (finding,) = judge(check, raw)
    assert finding.path == POD_FIELD
    assert "`init`, `app`, `b`" in finding.message
    assert finding.subject.container == ""
    assert judge(check, fixed(check, raw)) == []


def test_the_one_silent_container_is_named() -> None:
    raw = pod({}, saying(runAsNonRoot=True), container(name="sidecar"))
    (finding,) = judge(check, raw)
    assert (finding.path, finding.subject.container) == (POD_FIELD, "sidecar")
    assert judge(check, fixed(check, raw)) == []


def test_a_refusal_is_found_where_it_stands() -> None:
    raw = pod(
        {"securityContext": {"runAsNonRoot": True}}, saying(runAsNonRoot=False), saying("b", runAsNonRoot=True)
    )
    (finding,) = judge(check, raw)
    assert finding.path == ("spec", "containers", 0, "securityContext", "runAsNonRoot")
    assert judge(check, fixed(check, raw)) == []


def test_a_refusal_of_the_pod_covers_the_silent_containers() -> None:
    """Even where every container forbids root for itself it stays a finding, as by the standard."""
    for containers in ((container(),), (saying(runAsNonRoot=True),)):
        raw = pod({"securityContext": {"runAsNonRoot": False}}, *containers)
        assert [f.path for f in judge(check, raw)] == [POD_FIELD]
        assert judge(check, fixed(check, raw)) == []


@pytest.mark.parametrize("field", ["initContainers", "containers", "ephemeralContainers"])
def test_every_kind_of_container_is_looked_at(field: str) -> None:
    (finding,) = judge(
        check, pod({"containers": [saying(runAsNonRoot=True)], field: [saying(runAsNonRoot=False)]})
    )
    assert finding.path[1] == field


@pytest.mark.parametrize(
    "raw",
    [
        pod({"securityContext": {"runAsUser": 0}}),
        pod({}, container(securityContext={"runAsUser": 0})),
        pod({}, saying(runAsNonRoot=False, runAsUser=0)),
        pod({"securityContext": {"runAsUser": 0, "runAsNonRoot": False}}),
    ],
)
def test_no_fix_that_would_keep_the_container_from_starting(raw: dict[str, Any]) -> None:
    assert [f.fix for f in judge(check, raw)] == [None]


def test_a_user_namespace_excuses_it_from_1_35_on() -> None:
    raw = pod({"hostUsers": False})
    assert judge(check, raw) == []
    assert len(judge(check, raw, minor=34)) == 1
    assert len(judge(check, pod({"hostUsers": True}))) == 1


@pytest.mark.parametrize("spec", [{"securityContext": {"runAsNonRoot": "true"}}, {"securityContext": []}])
def test_an_ill_typed_value_is_an_error_and_no_pass(spec: dict[str, Any]) -> None:
    assert [r.verdict for r in run(check, pod(spec)).results] == ["error"]
