"""unmasked-proc-mount: the kernel's files in /proc, laid open."""

import pytest

from bartizan.checks.pod.unmasked_proc_mount import check
from tests.checks.cases import Cases
from tests.harness import container, fixed, judge, pod, run

UNMASKED = container(securityContext={"procMount": "Unmasked"})

CASES = Cases(
    passes=[{"securityContext": {"procMount": "Default"}}],
    fails=[{"securityContext": {"procMount": "Unmasked"}}],
    absent={},
    absent_fails=False,
    ill_typed=[{"securityContext": {"procMount": True}}, {"securityContext": "Unmasked"}],
)


@pytest.mark.parametrize("security", [None, {}, {"procMount": None}, {"procMount": "Default"}])
def test_the_default_passes(security: object) -> None:
    assert judge(check, pod({}, container(securityContext=security))) == []


@pytest.mark.parametrize("value", ["Unmasked", "default", ""])
def test_anything_else_is_found_and_fixed(value: str) -> None:
    raw = pod({}, container(securityContext={"procMount": value}))
    (finding,) = judge(check, raw)
    assert finding.path == ("spec", "containers", 0, "securityContext", "procMount")
    assert judge(check, fixed(check, raw)) == []


@pytest.mark.parametrize("field", ["initContainers", "containers", "ephemeralContainers"])
def test_every_kind_of_container_is_looked_at(field: str) -> None:
    (finding,) = judge(check, pod({field: [UNMASKED]}))
    assert finding.path[1] == field


def test_a_user_namespace_excuses_it_from_1_35_on() -> None:
    raw = pod({"hostUsers": False}, UNMASKED)
    assert judge(check, raw) == []
    assert len(judge(check, raw, minor=34)) == 1


@pytest.mark.parametrize("value", [None, True])
def test_the_nodes_users_do_not_excuse_it(value: object) -> None:
    assert len(judge(check, pod({"hostUsers": value}, UNMASKED))) == 1


def test_an_ill_typed_value_is_an_error_and_no_pass() -> None:
    assert [r.verdict for r in run(check, pod({}, container(securityContext={"procMount": 1}))).results] == [
        "error"
    ]
    assert [r.verdict for r in run(check, pod({"hostUsers": "false"}, UNMASKED)).results] == ["error"]
