"""added-capabilities: single powers of root beyond those that every container has."""

import pytest

from bartizan.checks.pod.added_capabilities import check
from tests.checks.cases import Cases
from tests.harness import container, judge, pod, run

CASES = Cases(
    passes=[{"securityContext": {"capabilities": {"add": ["CHOWN"], "drop": ["ALL"]}}}],
    fails=[
        {"securityContext": {"capabilities": {"add": ["NET_RAW"]}}},
        {"securityContext": {"capabilities": {"add": ["CHOWN", "SYS_ADMIN"]}}},
    ],
    absent={},
    absent_fails=False,
    ill_typed=[{"securityContext": {"capabilities": {"add": "SYS_ADMIN"}}}, {"securityContext": []}],
)


def adding(*names: str) -> dict[str, object]:
    return container(securityContext={"capabilities": {"add": list(names)}})


@pytest.mark.parametrize(
    "security",
    [
        None,
        {},
        {"capabilities": None},
        {"capabilities": {}},
        {"capabilities": {"add": None, "drop": ["NET_RAW"]}},
        {"capabilities": {"add": []}},
        {"capabilities": {"add": ["CHOWN", "NET_BIND_SERVICE", "SYS_CHROOT"]}},
    ],
)
def test_nothing_added_or_only_what_runtimes_give_passes(security: object) -> None:
    assert judge(check, pod({}, container(securityContext=security))) == []


def test_each_capability_is_one_finding_with_its_name() -> None:
    found = judge(check, pod({}, adding("CHOWN", "NET_RAW", "SYS_TIME")))
    assert {(f.evidence, f.path[-1]) for f in found} == {("NET_RAW", 1), ("SYS_TIME", 2)}
    assert all(f"`{f.evidence}`" in f.message for f in found)


@pytest.mark.parametrize(
    ("name", "severity"),
    [
        ("ALL", "high"),
        ("BPF", "high"),
        ("CAP_SYS_ADMIN", "high"),
        ("DAC_READ_SEARCH", "high"),
        ("NET_ADMIN", "high"),
        ("SYS_ADMIN", "high"),
        ("SYS_MODULE", "high"),
        ("SYS_PTRACE", "high"),
        ("sys_admin", "high"),
        ("IPC_LOCK", "medium"),
        ("NET_RAW", "medium"),
        ("CAP_CHOWN", "medium"),
        ("chown", "medium"),
        ("", "medium"),
    ],
)
def test_a_way_to_the_node_weighs_more_and_names_count_as_written(name: str, severity: str) -> None:
    (finding,) = judge(check, pod({}, adding(name)))
    assert finding.severity == severity


@pytest.mark.parametrize("field", ["initContainers", "containers", "ephemeralContainers"])
def test_every_kind_of_container_is_looked_at(field: str) -> None:
    (finding,) = judge(check, pod({field: [adding("BPF")]}))
    assert finding.path == ("spec", field, 0, "securityContext", "capabilities", "add", 0)


@pytest.mark.parametrize("add", ["SYS_ADMIN", [7], {"SYS_ADMIN": True}])
def test_an_ill_typed_list_is_an_error_and_no_pass(add: object) -> None:
    evaluation = run(check, pod({}, container(securityContext={"capabilities": {"add": add}})))
    assert [r.verdict for r in evaluation.results] == ["error"]
