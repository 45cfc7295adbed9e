"""Five thousand objects: read in pages, in memory that is bounded by a page and by what is kept."""

import tracemalloc
from typing import Any

import pytest

from bartizan.kube.configuration import load
from bartizan.kube.connection import Connection
from bartizan.kube.discovery import Served, discover
from bartizan.kube.listing import PAGE, listed
from tests.cluster.objects import Cluster, Object
from tests.cluster.scanning import scan_cluster
from tools.lab.control_plane import ControlPlane

MANY = 5000
SPACE = "crowd"


def pod(number: int) -> Object:
    """A pod of three kilobytes, as many are."""
    container = {"name": "web", "image": "registry.example/web:1", "securityContext": {"privileged": number == 0}}
    annotations = {f"example.com/note-{note}": f"{number} {note} " * 10 for note in range(12)}
    return {
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {"name": f"pod-{number:05}", "namespace": SPACE, "annotations": annotations},
        "spec": {"containers": [container]},
    }


@pytest.fixture(scope="module", autouse=True)
def crowd(cluster: Cluster) -> None:
    """The pods."""
    cluster.apply([{"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": SPACE}}])
    cluster.create(map(pod, range(MANY)))


def pods(connection: Connection) -> Served:
    return next(kind for kind in discover(connection).served if kind.title == "pods")


def test_they_come_in_pages_that_say_how_many_are_left(plane: ControlPlane) -> None:
    said: list[tuple[int, int]] = []
    with Connection(load(str(plane.kubeconfig("admin")))) as connection:
        listing = listed(
            connection, pods(connection), lambda raw: raw["metadata"]["name"], told=lambda *told: said.append(told)
        )
    assert listing.items == [f"pod-{number:05}" for number in range(MANY)]
    assert said == [(done, MANY if done < MANY else 0) for done in range(PAGE, MANY + 1, PAGE)]


def test_memory_is_bounded_by_a_page(plane: ControlPlane) -> None:
    """What is dropped on the way is gone before the next page comes: ten pages take no more than one."""
    with Connection(load(str(plane.kubeconfig("admin")))) as connection:
        kind = pods(connection)
        one, ten = (_peak(connection, kind, size) for size in (PAGE, MANY))
    assert ten < one * 1.5, f"{one:,} bytes for one page, {ten:,} for ten"


def _peak(connection: Connection, kind: Served, stop: int) -> int:
    """Bytes at the highest point, while nothing is kept."""

    class Enough(Exception):  # noqa: N818 - it ends a list that has shown enough
        pass

    def until(done: int, _total: int) -> None:
        if done >= stop:
            raise Enough

    def drop(_raw: Any) -> None:
        return None

    tracemalloc.start()
    try:
        with pytest.raises(Enough):
            listed(connection, kind, drop, told=until)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_a_scan_judges_them_all(plane: ControlPlane) -> None:
    """What it takes is measured by `bench/cluster.py`."""
    answer = scan_cluster(plane, "admin", "--persona", "regular")
    assert answer.objects > MANY
    assert answer.unknowns == {}
    privileged = [found[1] for found in answer.found if found[0] == "privileged-container"]
    assert privileged == [f"Pod {SPACE}/pod-00000"]
