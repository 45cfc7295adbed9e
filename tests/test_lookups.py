"""Look-ups over an inventory, and the recorder that notes what a judge asked."""

from bartizan.lookups import Inventory, Recorder
from bartizan.model.resource import Resource
from bartizan.model.result import Read
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
