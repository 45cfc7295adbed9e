"""A cluster's objects: what was read, what was not, and what look-ups are told of it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bartizan.app import plugins
from bartizan.checks.check import CannotTell
from bartizan.kube.connection import Connection
from bartizan.kube.discovery import Served
from bartizan.kube.errors import KubeError
from bartizan.lookups import Inventory
from bartizan.model.resource import Origin
from bartizan.sources.cluster import ClusterReading, NoSuchNamespaceError, Scope, UnknownKindError, read_cluster
from bartizan.sources.cluster_kinds import STATE, in_order, is_left_out, matches
from tests.kube.fake_cluster import FORBIDDEN, FakeCluster, item
from tests.kube.fake_server import Reply, access, fake_server

Read = Callable[..., ClusterReading]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Reads a fake cluster."""

    def reading(
        lists: dict[str, Any], *, stale: str = "none", told: Any = lambda *_: None, **scope: Any
    ) -> ClusterReading:
        with (
            fake_server(FakeCluster(lists, stale)) as server,
            Connection(access(tmp_path, server.url), pause=lambda _: None) as connection,
        ):
            return read_cluster(connection, Scope(**scope), told)

    return reading


def test_an_item_becomes_the_object_that_it_is(read: Read) -> None:
    (pod,) = read({"/api/v1/pods": [item("web", "shop", spec={"containers": []})]}).resources
    assert pod.raw == {
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {"name": "web", "namespace": "shop"},
        "spec": {"containers": []},
    }
    assert (pod.subject.title, pod.origin) == ("Pod shop/web", Origin("cluster"))


def test_a_secret_has_a_name_and_a_type_and_nothing_else_may_be_asked(read: Read) -> None:
    (secret,) = read(
        {"/api/v1/secrets": [item("login", "shop", type="Opaque", data={"password": "eA=="})]}
    ).resources
    assert secret.raw["metadata"] == {"name": "login", "namespace": "shop"}
    assert secret.raw.get("type") == "Opaque"
    for ask in (
        lambda: secret.raw.get("data"),
        lambda: secret.raw["stringData"],
        lambda: "data" in secret.raw,
        lambda: list(secret.raw),
        secret.raw.items,
        lambda: {**secret.raw},
        lambda: len(secret.raw),
    ):
        with pytest.raises(CannotTell, match="the values of a Secret are never asked of a cluster") as caught:
            ask()
        assert caught.value.reason == "not-evaluable-here"


def test_what_may_not_be_listed_is_unknown_by_its_kind(read: Read) -> None:
    reading = read({"/apis/apps/v1/deployments": FORBIDDEN, "/api/v1/pods": [item("web", "shop")]})
    (unknown,) = reading.unknowns
    assert (unknown.code, unknown.subject) == ("forbidden-kind", "deployments.apps")
    assert unknown.message == (
        "the account may not list deployments.apps: grant it `list`, or leave the kind out with "
        "`--skip-kind deployments.apps`"
    )
    assert [resource.name for resource in reading.resources] == ["web"]


def test_what_was_not_read_is_no_empty_list_to_a_check(read: Read) -> None:
    reading = read({"/apis/apps/v1/deployments": FORBIDDEN})
    lookups = Inventory(reading.resources, reading.unread)
    with pytest.raises(CannotTell, match="Deployment objects could not be read") as caught:
        lookups.objects("apps", "Deployment")
    assert caught.value.reason == "lookup-failed"
    assert lookups.objects("", "Pod") == ()
    assert lookups.objects("cilium.io", "CiliumNetworkPolicy") == ()
    with pytest.raises(CannotTell, match="no scan of a cluster reads them") as caught:
        lookups.objects("", "Event", "shop")
    assert caught.value.reason == "not-evaluable-here"


def test_a_list_that_breaks_off_keeps_what_it_gave(read: Read) -> None:
    broken = {"metadata": {"continue": "x"}, "items": [item("web", "shop")]}
    replies = [Reply(broken), Reply({}, status=410), Reply(broken), Reply({}, status=410)]

    class Replies(dict[str, Any]):
        def get(self, key: str, default: Any = None) -> Any:
            return replies.pop(0) if key == "/api/v1/pods" else super().get(key, default)

    reading = read(Replies())
    assert [resource.name for resource in reading.resources] == ["web"]
    assert [(unknown.code, unknown.message) for unknown in reading.unknowns] == [
        ("unread-kind", "only 1 pods were read: no reason given (410)")
    ]
    with pytest.raises(CannotTell):
        Inventory(reading.resources, reading.unread).objects("", "Pod")


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        ("text", "it should be a mapping but is a string"),
        ({"metadata": None}, "metadata should be a mapping but is nothing"),
        ({"metadata": {"name": 7}}, "an object without a name"),
        ({"metadata": {"name": "a", "namespace": []}}, "an object without a name"),
    ],
)
def test_what_is_no_object_is_unknown(read: Read, raw: Any, says: str) -> None:
    reading = read({"/api/v1/pods": [raw, item("web", "shop")]})
    (unknown,) = reading.unknowns
    assert (unknown.code, unknown.subject) == ("bad-object", "pods")
    assert says in unknown.message
    assert len(reading.resources) == 1


def test_an_object_that_shows_twice_is_read_once(read: Read) -> None:
    """As ingresses do on an old server, under the old name of their group."""
    ingress = item("web", "shop", metadata={"uid": "1"})
    paths = ("/apis/extensions/v1/ingresses", "/apis/networking.k8s.io/v1/ingresses")
    (resource,) = read({path: [ingress] for path in paths}).resources
    assert resource.api_version == "networking.k8s.io/v1"


def test_one_namespace_holds_its_objects_and_itself(read: Read) -> None:
    lists = {
        "/api/v1/namespaces/shop": item("shop"),
        "/api/v1/namespaces/shop/pods": [item("web", "shop")],
        "/api/v1/pods": FORBIDDEN,
        "/api/v1/nodes": FORBIDDEN,
        "/api/v1/namespaces": FORBIDDEN,
    }
    reading = read(lists, namespace="shop")
    assert [resource.subject.title for resource in reading.resources] == ["Namespace shop", "Pod shop/web"]
    assert reading.unknowns == ()


def test_beyond_the_namespace_is_out_of_scope_and_not_empty(read: Read) -> None:
    reading = read(
        {"/api/v1/namespaces/shop": item("shop"), "/api/v1/namespaces/shop/pods": [item("web", "shop")]},
        namespace="shop",
    )
    lookups = Inventory(reading.resources, reading.unread)
    assert len(lookups.objects("", "Pod", "shop")) == len(lookups.objects("", "Pod")) == 1
    for kind, namespace in (("Pod", "other"), ("Node", None)):
        with pytest.raises(CannotTell, match="only namespace shop is scanned") as caught:
            lookups.objects("", kind, namespace)
        assert caught.value.reason == "not-evaluable-here"


def test_a_namespace_that_may_not_be_read_is_unknown(read: Read) -> None:
    paths = ("/api/v1/namespaces/shop", "/api/v1/namespaces")
    (unknown,) = read(dict.fromkeys(paths, FORBIDDEN), namespace="shop").unknowns
    assert (unknown.code, unknown.subject) == ("forbidden-kind", "namespaces")
    assert unknown.message == (
        "the account may not get namespace shop: grant it `get`, or leave the kind out with `--skip-kind namespaces`"
    )


def test_who_may_list_all_namespaces_needs_no_right_to_get_one(read: Read) -> None:
    lists = {"/api/v1/namespaces/shop": FORBIDDEN, "/api/v1/namespaces": [item("shop")]}
    reading = read(lists, namespace="shop")
    assert ([resource.name for resource in reading.resources], reading.unknowns) == (["shop"], ())
    with pytest.raises(NoSuchNamespaceError):
        read({"/api/v1/namespaces/shop": FORBIDDEN}, namespace="shop")


def test_a_namespace_that_is_not_there_ends_the_scan(read: Read) -> None:
    with pytest.raises(NoSuchNamespaceError, match="the cluster has no namespace `shpo`"):
        read({"/api/v1/namespaces/shpo": Reply({}, status=404)}, namespace="shpo")


@pytest.mark.parametrize("name", ["secrets", "Secret", "secret"])
def test_a_kind_can_be_left_out(read: Read, name: str) -> None:
    reading = read({"/api/v1/secrets": FORBIDDEN}, left_out=(name,))
    assert reading.unknowns == ()
    with pytest.raises(CannotTell, match="they are left out of this scan") as caught:
        Inventory(reading.resources, reading.unread).objects("", "Secret")
    assert caught.value.reason == "not-evaluable-here"


def test_a_kind_that_nobody_serves_cannot_be_left_out(read: Read) -> None:
    with pytest.raises(UnknownKindError, match="no kind `sercets`"):
        read({}, left_out=("sercets",))


def test_a_group_that_is_down_is_unknown_and_so_is_all_in_it(read: Read) -> None:
    reading = read({"/apis/apps/v1/deployments": [item("web", "shop")]}, stale="apps")
    assert [(unknown.code, unknown.subject) for unknown in reading.unknowns] == [("unread-kind", "apps")]
    lookups = Inventory(reading.resources, reading.unread)
    with pytest.raises(CannotTell, match="what group `apps` holds is not known"):
        lookups.objects("apps", "StatefulSet")


def test_a_server_that_serves_nothing_we_know_is_an_error(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(FakeCluster, "__call__", lambda *_: Reply({}, status=500))
    with pytest.raises(KubeError):
        read({})


def test_progress_tells_the_kind_and_how_far_it_is(read: Read) -> None:
    said: list[tuple[str, int, int]] = []
    read({"/api/v1/pods": [item("a", "x"), item("b", "x")]}, told=lambda *told: said.append(told))
    assert ("listing pods", 0, 0) in said
    assert ("listing pods", 2, 0) in said
    assert [told for told in said if "events" in told[0]] == []


def test_no_check_is_about_a_kind_that_is_never_read() -> None:
    """Else it would never run on a cluster, and nobody would notice."""
    assert {kind for check in plugins.checks() for kind in check.kinds} & STATE == set()


def test_kinds_are_called_as_kubectl_calls_them() -> None:
    deployments = Served("apps", "deployments", "v1", "Deployment", namespaced=True)
    assert all(
        matches(deployments, name) for name in ("deployments", "Deployment", "deployments.apps", "deployment.apps")
    )
    assert not any(matches(deployments, name) for name in ("deploy", "apps", "", "deployments.batch"))
    assert is_left_out(Served("metrics.k8s.io", "pods", "v1", "PodMetrics", namespaced=True))
    assert [
        kind.group
        for kind in in_order(
            [Served(group, "x", "v1", "X", namespaced=True) for group in ("a.io", "extensions", "policy")]
        )
    ] == ["policy", "a.io", "extensions"]
