"""container-runtime-socket: whoever talks to the runtime owns the node."""

from typing import Any

import pytest

from bartizan.checks.pod.container_runtime_socket import check
from tests.checks.cases import Cases
from tests.harness import judge, pod, run

CASES = Cases(
    passes=[{"volumes": [{"name": "logs", "hostPath": {"path": "/var/log/pods"}}]}],
    fails=[{"volumes": [{"name": "runtime", "hostPath": {"path": "/var/run/docker.sock"}}]}],
    absent={},
    absent_fails=False,
    ill_typed=[{"volumes": {"name": "runtime"}}, {"volumes": [{"name": "runtime", "hostPath": "/run"}]}],
)


def mounting(path: object) -> dict[str, Any]:
    return pod({"volumes": [{"name": "scratch", "emptyDir": {}}, {"name": "host", "hostPath": {"path": path}}]})


@pytest.mark.parametrize(
    "path",
    [
        "/var/run/docker.sock",
        "/run/docker.sock",
        "/run/containerd/containerd.sock",
        "/var/run/containerd/containerd.sock/",
        "//run//crio/../crio/crio.sock",
        "/var/run/cri-dockerd.sock",
        "/run/k3s/containerd/containerd.sock",
        "/run/podman/podman.sock",
        "/somewhere/else/docker.sock",
        "\\\\.\\pipe\\docker_engine",
    ],
)
def test_a_socket_is_found(path: str) -> None:
    (finding,) = judge(check, mounting(path))
    assert finding.severity == "critical"
    assert finding.path == ("spec", "volumes", 1, "hostPath")
    assert f"mounts `{path}`, the container runtime's socket" in finding.message


@pytest.mark.parametrize(
    "path", ["/", "/run", "/run/", "/var/run", "/var/run/containerd", "/run/crio", "/run/k3s"]
)
def test_a_folder_that_holds_a_socket_is_found(path: str) -> None:
    (finding,) = judge(check, mounting(path))
    assert "which holds" in finding.message


@pytest.mark.parametrize(
    "path",
    ["/var/log", "/var", "/var/lib/docker", "/running", "/run/systemd", "/run/docker.sock.d", "/etc", "", None],
)
def test_other_paths_of_the_node_are_left_to_another_check(path: str | None) -> None:
    assert judge(check, mounting(path)) == []


def test_only_paths_of_the_node_count() -> None:
    volumes = [{"name": "a", "configMap": {"name": "docker.sock"}}, {"name": "b", "hostPath": None}]
    assert judge(check, pod({"volumes": volumes}), pod({"volumes": None}), pod()) == []


def test_each_socket_is_one_finding() -> None:
    paths = ["/run/crio/crio.sock", "/run/docker.sock"]
    raw = pod({"volumes": [{"name": f"v{i}", "hostPath": {"path": path}} for i, path in enumerate(paths)]})
    assert sorted(finding.evidence for finding in judge(check, raw)) == paths


@pytest.mark.parametrize("volume", [{"name": "a", "hostPath": "/"}, {"name": "a", "hostPath": {"path": 1}}])
def test_an_ill_typed_volume_is_an_error(volume: object) -> None:
    (result,) = run(check, pod({"volumes": [volume]})).results
    assert result.verdict == "error"
