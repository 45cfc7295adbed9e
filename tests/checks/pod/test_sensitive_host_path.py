"""sensitive-host-path: a path that holds the node."""

from typing import Any

import pytest

from bartizan.app import plugins
from bartizan.app.selection import Selection, judges
from bartizan.checks.pod.sensitive_host_path import check
from bartizan.evaluate import evaluate
from bartizan.lookups import Inventory
from bartizan.model.review import Review
from tests.checks.cases import Cases
from tests.harness import TODAY, container, judge, pod, resource


def mounting(path: object, **mount: Any) -> dict[str, Any]:
    return {
        "volumes": [{"name": "tmp", "emptyDir": {}}, {"name": "node", "hostPath": {"path": path}}],
        "containers": [container(volumeMounts=[{"name": "node", "mountPath": "/node", **mount}])],
    }


CASES = Cases(
    passes=[
        mounting("/srv/data"),
        {"volumes": [{"name": "a", "emptyDir": {}}]},
        mounting("/usr/bin", readOnly=True),
    ],
    fails=[mounting("/etc/kubernetes", readOnly=True), mounting("/usr/bin")],
    absent={},
    absent_fails=False,
    ill_typed=[mounting(1), {"volumes": [{"name": "a", "hostPath": "/etc"}]}, mounting("/etc", readOnly="true")],
)


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "",
        "//",
        "/etc",
        "//etc/../etc/",
        "/etc/kubernetes/azure.json",
        "/etc/shadow",
        "/etc/ssl",
        "/root/.config/gcloud",
        "/home/eve",
        "/.aws/credentials",
        "/srv/build/.docker/config.json",
        "/data/.config/gcloud",
        "/proc/1/root",
        "/dev",
        "/dev/shm",
        "/dev/nvme0n1p1",
        "/dev/mem",
        "/var",
        "/var/lib",
        "/var/lib/kubelet/pods",
        "/var/lib/docker",
        "/var/lib/containerd/io.containerd.snapshotter.v1.overlayfs",
        "/var/lib/etcd/member",
        "/var/run",
        "/run",
        "/run/../var/run/dbus/system_bus_socket",
    ],
)
def test_reading_is_enough(path: str) -> None:
    (finding,) = judge(check, pod(mounting(path, readOnly=True)))
    assert finding.path == ("spec", "volumes", 1, "hostPath")
    assert finding.severity == "high"
    assert [f.severity for f in judge(check, pod(mounting(path)))] == ["critical"]


@pytest.mark.parametrize(
    "path",
    ["/usr", "/usr/local", "/opt", "/opt/cni", "/lib/modules", "/etc/cron.d/a", "/boot", "/sys", "/sys/kernel"],
)
def test_programs_and_settings_count_where_they_can_be_written(path: str) -> None:
    assert [f.severity for f in judge(check, pod(mounting(path)))] == ["critical"]
    assert judge(check, pod(mounting(path, readOnly=True))) == []


@pytest.mark.parametrize(
    "path",
    [
        "/srv",
        "/data/etc",
        "/etcetera",
        "/etc/localtime",
        "/var/log",
        "/var/log/pods",
        "/var/lib/docker/containers",
        "/var/lib/kubelet/plugins/csi.example",
        "/var/lib/kubelet-data",
        "/var/lib/web",
        "/dev/fuse",
        "/dev/null",
        "/sys/fs/bpf",
        "/opt/shop",
        "/usr/share/zoneinfo",
        "/srv/.kubernetes",
    ],
)
def test_other_paths_are_left_to_another_check(path: str) -> None:
    assert judge(check, pod(mounting(path))) == []


def test_one_container_that_can_write_is_enough() -> None:
    raw = pod(mounting("/etc", readOnly=True))
    raw["spec"]["initContainers"] = [container(name="first", volumeMounts=[{"name": "node", "mountPath": "/n"}])]
    assert [f.severity for f in judge(check, raw)] == ["critical"]


def test_the_message_says_what_the_path_holds() -> None:
    (finding,) = judge(check, pod(mounting("/var/lib/kubelet/", readOnly=True)))
    assert "shows the pod the node's `/var/lib/kubelet/`, with Secrets and tokens of all pods" in finding.message


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/run/containerd", "container-runtime-socket"),
        ("/", "container-runtime-socket"),
        ("/etc", "sensitive-host-path"),
        ("/srv", "host-path-volumes"),
    ],
)
def test_one_mount_is_told_once_by_the_check_that_says_most(path: str, told: str) -> None:
    read = resource(pod(mounting(path, readOnly=True)))
    among = judges(plugins.checks(), Selection(persona="audit"))
    found = evaluate(among, [Review(read)], Inventory([read]), TODAY).findings
    assert [f.check for f in found if f.path == ("spec", "volumes", 1, "hostPath")] == [told]


def test_a_long_path_takes_no_longer_than_a_short_one() -> None:
    """The folders above it are looked at as deep as any place that is known, and no deeper."""
    deep = "/a" * 50_000
    assert judge(check, pod({"volumes": [{"name": "v", "hostPath": {"path": deep}}]})) == []
    (finding,) = judge(check, pod({"volumes": [{"name": "v", "hostPath": {"path": f"/etc/kubernetes{deep}"}}]}))
    assert finding.severity == "high"
