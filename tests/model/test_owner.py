"""Who made an object, as far as the objects at hand tell."""

from typing import Any

import pytest

from bartizan.model.owner import Owners, controller
from bartizan.model.resource import Resource, Subject
from tests.harness import resource


def made(of_kind: str, called: str, *owner: str, namespace: str = "shop", **more: Any) -> Resource:
    """An object with a controller."""
    references = (
        [{"apiVersion": "v1", "kind": owner[0], "name": owner[1], "controller": True, **more}] if owner else []
    )
    metadata = {"name": called, "namespace": namespace, "ownerReferences": references}
    return resource({"apiVersion": "v1", "kind": of_kind, "metadata": metadata})


def top(of: Resource, *others: Resource) -> str | None:
    """The top owner among some objects."""
    owner = Owners([of, *others]).top(of)
    return f"{owner.kind} {owner.namespace}/{owner.name}" if owner else None


def test_a_chain_is_followed_to_its_end() -> None:
    pod, middle = made("Pod", "a-1", "ReplicaSet", "a"), made("ReplicaSet", "a", "Deployment", "web")
    assert top(pod, middle, made("Deployment", "web")) == "Deployment shop/web"
    assert top(pod, middle) == "Deployment shop/web"
    assert top(pod) == "ReplicaSet shop/a"
    assert top(made("Deployment", "web"), pod, middle) is None


def test_a_namespace_ends_it() -> None:
    pod = made("Pod", "a-1", "ReplicaSet", "a", namespace="stage")
    assert top(pod, made("ReplicaSet", "a", "Deployment", "web")) == "ReplicaSet stage/a"


def test_a_node_is_in_no_namespace() -> None:
    assert controller(made("Pod", "proxy", "Node", "one")) == Subject("v1", "Node", "", "one")


@pytest.mark.parametrize("names", [("a", "b"), ("a", "b", "c"), ("a", "a")])
def test_a_circle_ends_somewhere(names: tuple[str, ...]) -> None:
    circle = [made("Pod", name, "Pod", names[(index + 1) % len(names)]) for index, name in enumerate(names)]
    assert [top(item, *circle) for item in circle]


def test_a_chain_without_end_ends_somewhere() -> None:
    chain = [made("Pod", str(number), "Pod", str(number + 1)) for number in range(100)]
    assert top(chain[0], *chain) is not None


@pytest.mark.parametrize("value", [None, False, "true", 1])
def test_only_the_controller_counts(value: Any) -> None:
    assert controller(made("Pod", "a", "ReplicaSet", "b", controller=value)) is None


@pytest.mark.parametrize("field", ["apiVersion", "kind", "name"])
@pytest.mark.parametrize("value", [None, 5, "", []])
def test_a_reference_with_a_gap_names_nobody(field: str, value: Any) -> None:
    assert controller(made("Pod", "a", "ReplicaSet", "b", **{field: value})) is None
