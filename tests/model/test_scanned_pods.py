"""The pods of the scanned objects, found by namespace and labels."""

from typing import Any

import pytest

from bartizan.lookups import Inventory
from bartizan.model.resource import GroupKind
from bartizan.model.scanned_pods import ScannedPods, made_by_an_operator, scanned_pods, written
from bartizan.model.shape import IllTypedField
from bartizan.model.workload import TEMPLATES
from tests.harness import resource

WEB = {"matchLabels": {"app": "web"}}


def made(kind: GroupKind, template: Any, name: str = "web", namespace: str = "shop") -> dict[str, Any]:
    """An object of the kind with the pod template."""
    inner: Any = template
    for step in reversed(TEMPLATES[kind]):
        inner = {step: inner}
    version = f"{kind.group}/v1" if kind.group else "v1"
    metadata = {**inner.pop("metadata", {}), "name": name, "namespace": namespace}
    return {"apiVersion": version, "kind": kind.kind, "metadata": metadata, **inner}


def deployment(template: Any, name: str = "web", namespace: str = "shop") -> dict[str, Any]:
    return made(GroupKind("apps", "Deployment"), template, name, namespace)


def scanned(*objects: dict[str, Any]) -> ScannedPods:
    return scanned_pods(Inventory([resource(raw) for raw in objects]))


def names(pods: ScannedPods, selector: dict[str, Any], namespace: str = "shop") -> list[str]:
    return [pod.resource.name for pod in pods.selected(namespace, selector)]


def pod(*ports: Any, **labels: Any) -> dict[str, Any]:
    return {"metadata": {"labels": labels}, "spec": {"containers": [{"name": "app", "ports": list(ports)}]}}


@pytest.mark.parametrize("kind", sorted(TEMPLATES), ids=str)
def test_the_pod_of_every_kind_is_found_by_the_labels_of_its_template(kind: GroupKind) -> None:
    pods = scanned(made(kind, pod(app="web")))
    assert names(pods, WEB) == ["web"]
    assert names(pods, {"matchLabels": {"app": "api"}}) == []
    assert names(pods, WEB, "other") == []


def test_a_namespace_is_known_by_its_pods_whether_they_can_be_read_or_not() -> None:
    pods = scanned(deployment(pod()), deployment("x", namespace="broken"))
    assert [pods.known(space) for space in ("shop", "broken", "other", "")] == [True, True, False, False]
    assert list(pods.broken) == ["broken"]
    assert "Deployment `web` cannot be read" in pods.broken["broken"]


@pytest.mark.parametrize("template", [{"metadata": []}, {"metadata": {"labels": "web"}}, pod(app=1), []])
def test_labels_that_cannot_be_read_are_broken_and_hide_no_others(template: Any) -> None:
    pods = scanned(deployment(template, "broken"), deployment(pod(app="web")))
    assert "shop" in pods.broken
    assert names(pods, WEB) == ["web"]


def test_a_template_that_may_be_absent_makes_no_pod() -> None:
    rollout = GroupKind("argoproj.io", "Rollout")
    assert not scanned(made(rollout, {})).known("shop")
    assert scanned(deployment({})).known("shop")


@pytest.mark.parametrize(
    "selector",
    [
        {"matchLabels": {"app": "web", "statefulset.kubernetes.io/pod-name": "web-0"}},
        {**WEB, "matchExpressions": [{"key": "pod-template-hash", "operator": "Exists"}]},
    ],
)
def test_labels_that_controllers_add_are_taken_as_there(selector: dict[str, Any]) -> None:
    assert names(scanned(deployment(pod(app="web"))), selector) == ["web"]
    assert names(scanned(deployment(pod(app="api"))), selector) == []


def test_a_selector_of_written_labels_is_left_as_it_is() -> None:
    assert written(WEB) is WEB


@pytest.mark.parametrize(
    ("selector", "expected"),
    [
        (WEB, False),
        ({"matchLabels": {"strimzi.io/cluster": "events"}}, True),
        ({"matchExpressions": [{"key": "cnpg.io/cluster", "operator": "Exists"}]}, True),
        ({"matchLabels": {"strimzi.io.example/cluster": "events"}}, False),
    ],
)
def test_labels_of_operators_are_known(selector: dict[str, Any], expected: bool) -> None:
    assert made_by_an_operator(selector) is expected


def test_what_the_selected_pods_declare_is_told_together() -> None:
    http, dns = {"name": "http", "containerPort": 80}, {"containerPort": 53, "protocol": "UDP"}
    pods = scanned(
        deployment(pod(http, app="web", tier="a"), "a"),
        deployment(pod(dns, app="web", tier="b"), "b"),
        deployment(pod(app="api"), "c"),
        deployment(pod({"containerPort": 443}, app="web"), "d", "other"),
    )
    served = pods.served("shop", {"app": "web"})
    assert served.declared == {(80, "TCP"), ("http", "TCP"), (53, "UDP")}
    assert (served.complete, served.pods) == (True, 2)
    assert pods.served("shop", {"app": "web"}) is served
    nothing = pods.served("shop", {"app": "api"})
    assert (nothing.declared, nothing.complete, nothing.pods) == (frozenset(), False, 1)


def test_ports_that_cannot_be_read_are_told_by_whoever_asks_for_them() -> None:
    pods = scanned(deployment(pod(80, app="web")))
    assert names(pods, WEB) == ["web"]
    with pytest.raises(IllTypedField):
        pods.served("shop", {"app": "web"})
