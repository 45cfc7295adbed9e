"""host-namespaces: the node's network, processes and shared memory."""

import pytest

from bartizan.checks.pod.host_namespaces import check
from tests.checks.cases import Cases
from tests.harness import fixed, judge, pod, run

FIELDS = ("hostNetwork", "hostPID", "hostIPC")

CASES = Cases(
    passes=[{"hostNetwork": False, "hostPID": False, "hostIPC": False}],
    fails=[{"hostNetwork": True}, {"hostPID": True}, {"hostIPC": True}],
    absent={},
    absent_fails=False,
    ill_typed=[{"hostNetwork": "false"}, {"hostPID": 0}],
)


@pytest.mark.parametrize("value", [None, False])
@pytest.mark.parametrize("field", FIELDS)
def test_a_pod_of_its_own_passes(field: str, value: object) -> None:
    assert judge(check, pod({field: value, "hostUsers": True, "shareProcessNamespace": True})) == []


@pytest.mark.parametrize("field", FIELDS)
def test_each_namespace_is_found(field: str) -> None:
    (finding,) = judge(check, pod({field: True}))
    assert (finding.path, finding.severity) == (("spec", field), "high")
    assert f"`{field}`" in finding.message


@pytest.mark.parametrize("field", ["hostPID", "hostIPC"])
def test_the_fix_removes_the_finding(field: str) -> None:
    assert judge(check, fixed(check, pod({field: True}))) == []


def test_the_network_has_no_fix() -> None:
    """Ports, DNS and policies of its own: a pod that leaves the node's network needs more than one field."""
    (finding,) = judge(check, pod({"hostNetwork": True}))
    assert finding.fix is None


def test_one_does_not_hide_the_others() -> None:
    raw = pod(dict.fromkeys(FIELDS, True))
    assert sorted(str(f.path[-1]) for f in judge(check, raw)) == ["hostIPC", "hostNetwork", "hostPID"]


def test_a_template_is_judged_as_its_pod() -> None:
    template = {"spec": {"hostPID": True, "containers": []}}
    raw = {"apiVersion": "apps/v1", "kind": "DaemonSet", "metadata": {"name": "a"}, "spec": {"template": template}}
    (finding,) = judge(check, raw)
    assert finding.path == ("spec", "template", "spec", "hostPID")


@pytest.mark.parametrize("value", ["true", 1])
def test_an_ill_typed_flag_is_an_error_and_no_pass(value: object) -> None:
    assert [r.verdict for r in run(check, pod({"hostIPC": value})).results] == ["error"]
