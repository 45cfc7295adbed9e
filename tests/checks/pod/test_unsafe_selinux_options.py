"""unsafe-selinux-options: a label made for something else than containers."""

from typing import Any

import pytest

from bartizan.checks.pod.unsafe_selinux_options import check
from tests.checks.cases import Cases
from tests.harness import container, fixed, judge, pod, run

CASES = Cases(
    passes=[{"securityContext": {"seLinuxOptions": {"type": "container_t"}}}],
    fails=[
        {"securityContext": {"seLinuxOptions": {"type": "spc_t"}}},
        {"securityContext": {"seLinuxOptions": {"user": "system_u"}}},
    ],
    absent={},
    absent_fails=False,
    ill_typed=[
        {"securityContext": {"seLinuxOptions": "spc_t"}},
        {"securityContext": {"seLinuxOptions": {"type": 1}}},
    ],
)


def labelled(options: object) -> dict[str, Any]:
    return pod({"securityContext": {"seLinuxOptions": options}})


@pytest.mark.parametrize(
    "options",
    [
        None,
        {},
        {"level": "s0:c1,c2"},
        {"type": "", "user": "", "role": ""},
        {"type": None, "user": None, "role": None},
        {"type": "container_t"},
        {"type": "container_init_t"},
        {"type": "container_kvm_t"},
    ],
)
def test_labels_of_containers_pass(options: object) -> None:
    assert judge(check, labelled(options)) == []


@pytest.mark.parametrize(
    ("options", "field", "severity"),
    [
        ({"type": "spc_t"}, "type", "high"),
        ({"type": "container_logreader_t"}, "type", "medium"),
        ({"type": "container_t", "user": "system_u"}, "user", "medium"),
        ({"role": "sysadm_r", "level": "s0"}, "role", "medium"),
    ],
)
def test_other_labels_are_found_and_removed(options: dict[str, str], field: str, severity: str) -> None:
    raw = labelled(options)
    (finding,) = judge(check, raw)
    assert finding.path == ("spec", "securityContext", "seLinuxOptions", field)
    assert finding.severity == severity
    assert judge(check, fixed(check, raw)) == []


def test_each_part_is_one_finding() -> None:
    raw = labelled({"type": "x_t", "user": "x_u", "role": "x_r"})
    assert sorted(str(f.path[-1]) for f in judge(check, raw)) == ["role", "type", "user"]
    assert judge(check, fixed(check, raw)) == []


@pytest.mark.parametrize("field", ["initContainers", "containers", "ephemeralContainers"])
def test_every_kind_of_container_is_looked_at(field: str) -> None:
    raw = pod({field: [container(securityContext={"seLinuxOptions": {"type": "spc_t"}})]})
    assert [f.path[1] for f in judge(check, raw)] == [field]


def test_the_engine_type_is_safe_from_1_31_on() -> None:
    raw = labelled({"type": "container_engine_t"})
    assert judge(check, raw) == []
    assert len(judge(check, raw, minor=30)) == 1


@pytest.mark.parametrize("options", ["spc_t", {"user": 0}])
def test_an_ill_typed_label_is_an_error_and_no_pass(options: object) -> None:
    assert [r.verdict for r in run(check, labelled(options)).results] == ["error"]
