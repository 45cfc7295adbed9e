"""writable-host-path: what a container leaves on the node."""

from typing import Any

import pytest

from bartizan.checks.pod.writable_host_path import check
from tests.checks.cases import Cases
from tests.harness import container, judge, pod


def mounting(*mounts: dict[str, Any], path: object = "/srv") -> dict[str, Any]:
    listed = [{"name": "node", "mountPath": "/node", **mount} for mount in mounts]
    volumes = [{"name": "tmp", "emptyDir": {}}, {"name": "node", "hostPath": {"path": path}}]
    return {"volumes": volumes, "containers": [container(volumeMounts=listed)]}


CASES = Cases(
    passes=[mounting({"readOnly": True}), mounting({"name": "tmp"})],
    fails=[mounting({}), mounting({"readOnly": False, "subPath": "a"})],
    absent={},
    absent_fails=False,
    ill_typed=[mounting({"readOnly": "true"}), mounting({}, path=1), mounting({"subPath": 1})],
)


def test_each_writable_mount_is_one_finding() -> None:
    raw = pod(mounting({"readOnly": True}, {"mountPath": "/b"}, {"name": "tmp"}))
    raw["spec"]["initContainers"] = [container(name="first", volumeMounts=[{"name": "node", "mountPath": "/c"}])]
    found = judge(check, raw)
    assert {f.path for f in found} == {
        ("spec", "containers", 0, "volumeMounts", 1, "readOnly"),
        ("spec", "initContainers", 0, "volumeMounts", 0, "readOnly"),
    }
    assert {f.subject.container for f in found} == {"app", "first"}
    assert [f.fix for f in found] == [None, None]


@pytest.mark.parametrize("field", ["subPath", "subPathExpr"])
def test_a_part_of_the_path_is_writable_as_well(field: str) -> None:
    (finding,) = judge(check, pod(mounting({field: "logs"})))
    assert "`/srv`, in `logs`" in finding.message


def test_the_time_zone_weighs_little() -> None:
    assert [f.severity for f in judge(check, pod(mounting({}, path="/etc/localtime")))] == ["low"]


@pytest.mark.parametrize("path", ["/", "/var/lib/kubelet/", "/var/run", "/proc"])
def test_read_only_does_not_reach_what_is_mounted_inside(path: str) -> None:
    raw = pod(mounting({"readOnly": True}, path=path))
    (finding,) = judge(check, raw)
    assert (finding.path[-1], finding.severity) == ("recursiveReadOnly", "low")
    assert judge(check, raw, minor=30) == []


@pytest.mark.parametrize("value", ["Enabled", "IfPossible"])
def test_recursive_read_only_does(value: str) -> None:
    assert judge(check, pod(mounting({"readOnly": True, "recursiveReadOnly": value}, path="/"))) == []
    assert len(judge(check, pod(mounting({"readOnly": True, "recursiveReadOnly": "Disabled"}, path="/")))) == 1


def test_a_part_counts_by_where_it_lies() -> None:
    assert judge(check, pod(mounting({"readOnly": True, "subPath": "etc"}, path="/"))) == []
    assert len(judge(check, pod(mounting({"readOnly": True, "subPath": "lib"}, path="/var")))) == 1


@pytest.mark.parametrize("path", ["/var/run/docker.sock", "/run/containerd/containerd.sock"])
def test_a_runtimes_socket_is_left_to_its_own_check(path: str) -> None:
    """A read-only mount of a socket changes nothing."""
    assert judge(check, pod(mounting({}, path=path))) == []
