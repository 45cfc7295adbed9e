"""Look-ups over an inventory, and the recorder that notes what a judge asked."""

from typing import Literal

import pytest

from bartizan.checks.check import CannotTell
from bartizan.lookups import Inventory, Recorder, Unread
from bartizan.model.resource import Resource
from bartizan.model.result import Read
from bartizan.model.review import Lookups
from bartizan.model.unknown import Unknown
from tests.harness import resource


def item(kind: str, name: str, namespace: str = "shop", group: str = "") -> Resource:
    """A small object."""
    version = f"{group}/v1" if group else "v1"
    return resource({"apiVersion": version, "kind": kind, "metadata": {"name": name, "namespace": namespace}})


WEB, API, ELSEWHERE, FOREIGN = (
    item("Service", "web"),
    item("Service", "api"),
    item("Service", "web", "stage"),
    item("Service", "web", group="serving.knative.dev"),
)
INVENTORY = Inventory([WEB, API, ELSEWHERE, FOREIGN])


def test_objects_of_a_kind_come_in_their_order() -> None:
    assert INVENTORY.objects("", "Service") == (WEB, API, ELSEWHERE)
    assert INVENTORY.objects("", "Service", "shop") == (WEB, API)
    assert INVENTORY.objects("serving.knative.dev", "Service") == (FOREIGN,)
    assert INVENTORY.objects("", "Service", "") == ()
    assert INVENTORY.objects("", "Pod") == ()


def test_an_object_is_found_by_its_name() -> None:
    assert INVENTORY.find("", "Service", "stage", "web") is ELSEWHERE


def test_what_is_not_here_may_be_elsewhere() -> None:
    """That is an Unknown, and no no."""
    for namespace, title in (("shop", "Service shop/db"), ("", "Service db")):
        answer = INVENTORY.find("", "Service", namespace, "db")
        assert isinstance(answer, Unknown)
        assert answer.message == f"{title} is not among the scanned objects"


def test_an_inventory_knows_objects_and_nothing_else() -> None:
    assert [INVENTORY.supplies(need) for need in ("inventory", "user", "reachability")] == [True, False, False]


def test_each_question_is_noted_once() -> None:
    recorder = Recorder(INVENTORY)
    assert recorder.take() == ()
    for _ in range(2):
        assert recorder.objects("", "Service", "shop") == (WEB, API)
        assert recorder.find("", "Service", "shop", "web") is WEB
    recorder.objects("", "Service")
    asked = (Read("", "Service", "shop"), Read("", "Service", "shop", "web"), Read("", "Service", None))
    assert recorder.take() == asked
    assert recorder.take() == ()
    assert recorder.supplies("inventory")


def gap(kind: str = "Secret", read_in: str = "", reason: Literal["lookup-failed"] = "lookup-failed") -> Unread:
    return Unread(group="", kind=kind, read_in=read_in, reason=reason, message="nobody looked")


def test_what_was_not_read_is_no_empty_list() -> None:
    lookups = Inventory([WEB], [gap()])
    for namespace in (None, "shop", ""):
        with pytest.raises(CannotTell, match="nobody looked") as caught:
            lookups.objects("", "Secret", namespace)
        assert caught.value.reason == "lookup-failed"
    assert lookups.objects("", "Service") == (WEB,)
    assert lookups.objects("other.io", "Secret") == ()


def test_a_whole_group_may_be_unread() -> None:
    lookups = Inventory([], [gap(kind="")])
    with pytest.raises(CannotTell):
        lookups.objects("", "Whatever")


def test_a_list_that_broke_off_still_finds_what_it_holds() -> None:
    lookups = Inventory([WEB], [gap("Service")])
    assert lookups.find("", "Service", "shop", "web") is WEB
    answer = lookups.find("", "Service", "shop", "db")
    assert isinstance(answer, Unknown)
    assert (answer.code, answer.message) == ("lookup-failed", "nobody looked")
    with pytest.raises(CannotTell):
        lookups.objects("", "Service", "shop")


def test_one_namespace_that_was_read_is_known() -> None:
    lookups = Inventory([WEB], [gap("Service", read_in="shop")])
    assert lookups.objects("", "Service", "shop") == lookups.objects("", "Service") == (WEB,)
    with pytest.raises(CannotTell):
        lookups.objects("", "Service", "stage")
    here, there = (lookups.find("", "Service", space, "db") for space in ("shop", "stage"))
    assert isinstance(here, Unknown)
    assert isinstance(there, Unknown)
    assert (here.code, there.code) == ("not-evaluable-here", "lookup-failed")


def test_what_cannot_be_derived_is_tried_once() -> None:
    """For each of thousands of pods that ask, the answer is at hand, and each is told what was asked for it."""
    tries: list[int] = []

    def make(lookups: Lookups) -> int:
        tries.append(1)
        lookups.objects("", "Service")
        return len(lookups.objects("", "Secret"))

    recorder = Recorder(Inventory([WEB], [gap()]))
    for _ in range(3):
        with pytest.raises(CannotTell, match="nobody looked"):
            recorder.derive(make)
        assert recorder.take() == (Read("", "Service", None), Read("", "Secret", None))
    assert tries == [1]
