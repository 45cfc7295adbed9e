"""Every kind once, in the preferred version; a group that does not answer is told apart from one that is not there."""

from pathlib import Path
from typing import Any

import pytest

from bartizan.kube.connection import Connection
from bartizan.kube.discovery import Discovery, Served, discover, minor_version
from bartizan.kube.errors import KubeError
from tests.kube.fake_server import Answerer, Asked, Reply, access, fake_server

POD = Served("", "pods", "v1", "Pod", namespaced=True)
NODE = Served("", "nodes", "v1", "Node", namespaced=False)
SCALER = Served("autoscaling", "scalers", "v2", "Scaler", namespaced=True)
OLD = Served("autoscaling", "oldies", "v1", "Oldie", namespaced=True)


def resource(
    plural: str, kind: str, *, namespaced: bool = True, verbs: tuple[str, ...] = ("get", "list")
) -> dict[str, Any]:
    """As the aggregated form writes it."""
    return {
        "resource": plural,
        "responseKind": {"group": "", "version": "", "kind": kind},
        "scope": "Namespaced" if namespaced else "Cluster",
        "verbs": list(verbs),
    }


def group(name: str, *versions: tuple[str, list[dict[str, Any]], str]) -> dict[str, Any]:
    listed = [{"version": version, "resources": kinds, "freshness": fresh} for version, kinds, fresh in versions]
    return {"metadata": {"name": name}, "versions": listed}


def aggregated(*groups: dict[str, Any]) -> Answerer:
    """A server that knows the new form; the core group is the first."""

    def answer(asked: Asked) -> Reply:
        assert "apidiscovery.k8s.io" in asked.headers["Accept"]
        items = groups[:1] if asked.path == "/api" else groups[1:]
        return Reply({"kind": "APIGroupDiscoveryList", "items": list(items)})

    return answer


CORE = group("", ("v1", [resource("pods", "Pod"), resource("nodes", "Node", namespaced=False)], "Current"))
SCALERS = group(
    "autoscaling",
    ("v2", [resource("scalers", "Scaler")], "Current"),
    ("v1", [resource("scalers", "Scaler"), resource("oldies", "Oldie")], "Current"),
)


def asked_of(folder: Path, answer: Answerer) -> Discovery:
    with fake_server(answer) as server, Connection(access(folder, server.url), pause=lambda _: None) as connection:
        return discover(connection)


def test_a_kind_is_served_in_the_first_version_that_has_it(tmp_path: Path) -> None:
    assert asked_of(tmp_path, aggregated(CORE, SCALERS)) == Discovery((NODE, POD, OLD, SCALER), {})


def test_what_cannot_be_listed_is_left_out(tmp_path: Path) -> None:
    reviews = group("authorization.k8s.io", ("v1", [resource("reviews", "Review", verbs=("create",))], "Current"))
    assert asked_of(tmp_path, aggregated(CORE, reviews)).served == (NODE, POD)


def test_a_stale_group_is_told_and_its_known_kinds_are_kept(tmp_path: Path) -> None:
    stale = group("metrics.example.com", ("v1", [resource("gauges", "Gauge")], "Stale"))
    found = asked_of(tmp_path, aggregated(CORE, stale))
    assert found.broken == {"metrics.example.com": "its API service does not answer"}
    assert [served.title for served in found.served] == ["nodes", "pods", "gauges.metrics.example.com"]


def old(resources: dict[str, Reply]) -> Answerer:
    """A server from before the aggregated form."""

    def answer(asked: Asked) -> Reply:
        if asked.path == "/api":
            return Reply({"kind": "APIVersions", "versions": ["v1"]})
        if asked.path == "/apis":
            versions = [{"version": "v1"}, {"version": "v2"}]
            named = {"name": "autoscaling", "versions": versions, "preferredVersion": {"version": "v2"}}
            return Reply({"kind": "APIGroupList", "groups": [named]})
        return resources.get(asked.path, Reply({}, status=404))

    return answer


def kinds(*named: tuple[str, str, bool]) -> Reply:
    verbs = ["list", "watch"]
    listed = [{"name": name, "kind": kind, "namespaced": spaced, "verbs": verbs} for name, kind, spaced in named]
    return Reply({"kind": "APIResourceList", "resources": listed})


OLD_SERVER = {
    "/api/v1": kinds(("pods", "Pod", True), ("pods/status", "Pod", True), ("nodes", "Node", False)),
    "/apis/autoscaling/v1": kinds(("scalers", "Scaler", True), ("oldies", "Oldie", True)),
    "/apis/autoscaling/v2": kinds(("scalers", "Scaler", True)),
}


def test_an_old_server_is_asked_group_by_group(tmp_path: Path) -> None:
    assert asked_of(tmp_path, old(OLD_SERVER)) == Discovery((NODE, POD, OLD, SCALER), {})


def test_a_group_of_an_old_server_that_is_down_is_told(tmp_path: Path) -> None:
    down = Reply({"message": "service unavailable"}, status=503)
    found = asked_of(tmp_path, old({**OLD_SERVER, "/apis/autoscaling/v2": down}))
    assert found.broken == {"autoscaling": "service unavailable (503)"}
    assert found.served[:2] == (NODE, POD)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b'{"kind": "Unheard"}',
        b'{"kind": "APIGroupDiscoveryList", "items": 1}',
        b'{"kind": "APIGroupDiscoveryList"}',
    ],
)
def test_an_answer_that_is_none_is_never_an_empty_cluster(tmp_path: Path, body: bytes) -> None:
    with pytest.raises(KubeError):
        asked_of(tmp_path, lambda _: Reply(body))


def version_of(folder: Path, told: dict[str, str]) -> int:
    with fake_server(lambda _: Reply(told)) as server, Connection(access(folder, server.url)) as connection:
        return minor_version(connection)


@pytest.mark.parametrize(("minor", "expected"), [("36", 36), ("29+", 29)])
def test_the_version_is_what_the_server_says(tmp_path: Path, minor: str, expected: int) -> None:
    assert version_of(tmp_path, {"major": "1", "minor": minor}) == expected


def test_a_server_without_a_version_is_told(tmp_path: Path) -> None:
    with pytest.raises(KubeError, match="does not say"):
        version_of(tmp_path, {"hello": "world"})


def test_paths_and_titles() -> None:
    assert (SCALER.title, SCALER.api_version) == ("scalers.autoscaling", "autoscaling/v2")
    assert (POD.path(), POD.path("shop")) == ("/api/v1/pods", "/api/v1/namespaces/shop/pods")
    assert SCALER.path("shop") == "/apis/autoscaling/v2/namespaces/shop/scalers"
