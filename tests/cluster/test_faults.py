"""What fails on the way is told, and what was read before it is judged all the same."""

from hashlib import sha256

import pytest

from bartizan.kube.configuration import load
from bartizan.kube.connection import Connection
from bartizan.kube.discovery import discover
from bartizan.kube.listing import listed
from tests.cluster.objects import Cluster
from tests.cluster.proxy import proxy
from tests.cluster.scanning import scan_cluster
from tools.lab.control_plane import ControlPlane

MANY = 1200
WITHOUT_END = 1 << 60


@pytest.fixture(scope="module", autouse=True)
def many(cluster: Cluster) -> None:
    """Three pages of ConfigMaps, and a pod that has something to tell."""
    spaces = [{"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name}} for name in ("alpha", "many")]
    container = {"name": "web", "image": "registry.example/web:1", "securityContext": {"privileged": True}}
    pod = {
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {"name": "web", "namespace": "alpha"},
        "spec": {"containers": [container]},
    }
    maps = (
        {
            "apiVersion": "v1",
            "kind": "ConfigMap",
            "metadata": {"name": f"map-{number:04}", "namespace": "many"},
            "data": {"text": _noise(number)},
        }
        for number in range(MANY)
    )
    cluster.apply([*spaces, pod])
    cluster.create(maps)


def _noise(number: int) -> str:
    """Two kilobytes that do not shrink when they are packed."""
    return "".join(sha256(f"{number} {part}".encode()).hexdigest() for part in range(32))


def test_a_connection_that_is_cut_leaves_what_was_read(plane: ControlPlane) -> None:
    """In the middle of the ConfigMaps: those of the first pages are kept, and all that comes after is unknown."""
    with proxy(plane.port, WITHOUT_END) as whole:
        before = scan_cluster(plane, "admin", url=whole.url)
    assert before.unknowns == {}
    budget = whole.passed // 2
    with proxy(plane.port, budget) as broken:
        after = scan_cluster(plane, "admin", "--check", "host-namespaces", url=broken.url)
        assert broken.cut
    assert after.status == 3
    assert set(after.unknowns.values()) == {"unread-kind"}
    assert {"configmaps", "pods", "clusterroles.rbac.authorization.k8s.io"} <= set(after.unknowns)
    assert 500 <= after.objects < MANY
    assert any(message.startswith("only 500 configmaps were read: ") for message in after.messages)
    assert any(message.startswith("no pods were read: ") for message in after.messages)
    assert after.report["coverage"]["inScope"] == after.objects + len(after.unknowns)


def test_what_was_read_before_the_cut_is_judged(plane: ControlPlane) -> None:
    """Findings beat incompleteness: exit status 1, with the unknowns beside them."""
    with proxy(plane.port, WITHOUT_END) as whole:
        before = scan_cluster(plane, "admin", url=whole.url)
        budget = whole.passed * 95 // 100
    with proxy(plane.port, budget) as broken:
        after = scan_cluster(plane, "admin", url=broken.url)
        assert broken.cut
    assert after.unknowns
    assert after.status == 1
    privileged = {found for found in before.found if found[:2] == ("privileged-container", "Pod alpha/web")}
    assert privileged
    assert privileged <= set(after.found)


def test_a_connection_that_comes_back_is_used_again(plane: ControlPlane) -> None:
    """A cut in the middle of a page costs that page, and no object is read twice."""
    with proxy(plane.port, 1_000_000, again=True) as flaky:
        after = scan_cluster(plane, "admin", url=flaky.url)
        assert flaky.cut
    assert after.report == scan_cluster(plane, "admin").report
    assert after.unknowns == {}


def test_a_server_that_is_not_there_is_a_usage_error(plane: ControlPlane) -> None:
    with proxy(plane.port, WITHOUT_END) as gone:
        url = gone.url
    answer = scan_cluster(plane, "admin", url=url)
    assert answer.status == 2
    assert answer.err == f"bartizan: {url} gave no answer: [Errno 111] Connection refused\n"


def test_a_list_whose_snapshot_is_gone_starts_anew(plane: ControlPlane, cluster: Cluster) -> None:
    """Etcd is compacted under a list's feet: 410 Gone once, and every object is there, each once."""
    asked: list[int] = []

    def compact(done: int, _total: int) -> None:
        asked.append(done)
        if len(asked) == 1:
            cluster.create(
                [{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "late", "namespace": "many"}}]
            )
            plane.compact()

    with Connection(load(str(plane.kubeconfig("admin")))) as connection:
        kind = next(kind for kind in discover(connection).served if kind.title == "configmaps")
        listing = listed(connection, kind, lambda raw: raw["metadata"]["name"], namespace="many", told=compact)
    assert listing.trouble is None
    assert sorted(listing.items) == ["late", *(f"map-{number:04}" for number in range(MANY))]
    assert asked.count(500) == 2, "the server still had the snapshot: nothing was started anew"


def test_an_api_service_that_is_down_is_unknown_and_the_others_go_on(
    plane: ControlPlane, cluster: Cluster
) -> None:
    """As with a metrics adapter whose pods are gone."""
    name = "v1.broken.example.com"
    service = {
        "apiVersion": "apiregistration.k8s.io/v1",
        "kind": "APIService",
        "metadata": {"name": name},
        "spec": {
            "group": "broken.example.com",
            "version": "v1",
            "groupPriorityMinimum": 1000,
            "versionPriority": 15,
            "insecureSkipTLSVerify": True,
            "service": {"name": "nobody", "namespace": "many"},
        },
    }
    cluster.apply([service])
    cluster.wait_until(lambda client: "broken.example.com" in client.get("/apis").text)
    answer = scan_cluster(plane, "admin")
    cluster.delete(service)
    assert answer.unknowns == {"broken.example.com": "unread-kind"}
    assert answer.objects > MANY


def test_the_older_discovery_says_the_same(plane: ControlPlane, monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that knows no aggregated form answers with the old one; this one does when asked for it."""
    with Connection(load(str(plane.kubeconfig("admin")))) as connection:
        aggregated = discover(connection)
        monkeypatch.setattr("bartizan.kube.discovery._AGGREGATED", "application/json")
        assert discover(connection) == aggregated
    assert len(aggregated.served) > 40


def test_a_certificate_of_nobody_we_trust_is_a_usage_error(plane: ControlPlane) -> None:
    file = plane.kubeconfig("admin")
    other = plane.folder / "other.kubeconfig"
    other.write_text(file.read_text().replace('"certificate-authority"', '"ignored"'))
    answer = scan_cluster(plane, "admin", "--kubeconfig", other)
    assert answer.status == 2
    assert "certificate verify failed" in answer.err


@pytest.mark.parametrize(("name", "status"), [("kubernetes.default.svc", 0), ("nobody.example.com", 2)])
def test_the_certificates_name_may_differ_from_the_address(plane: ControlPlane, name: str, status: int) -> None:
    """`tls-server-name`: it is the name that the certificate must have, and not merely another that it may have."""
    content = plane.kubeconfig("admin").read_text()
    file = plane.folder / f"{name}.kubeconfig"
    file.write_text(content.replace('"server"', f'"tls-server-name":"{name}","server"'))
    answer = scan_cluster(plane, "admin", "--kubeconfig", file, "--check", "host-namespaces")
    assert answer.status == status, answer.err
