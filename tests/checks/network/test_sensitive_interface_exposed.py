"""sensitive-interface-exposed: a console for strangers."""

from typing import Any

import pytest

from bartizan.checks.network.sensitive_interface_exposed import Params, check
from tests.checks.cases import Cases
from tests.checks.network.objects import ingress, service
from tests.harness import container, judge, pod, run

WEB = {"labels": {"app": "web"}}
OPEN = service(type="LoadBalancer", selector={"app": "web"})


def named(image: str) -> dict[str, Any]:
    return {"containers": [{"name": "app", "image": image}]}


CASES = Cases(
    passes=[named("registry.example/shop:1"), {"metadata": {"labels": {"app": "api"}}, **named("redis:7")}],
    fails=[named("docker.io/bitnami/redis:7"), named("registry.example:5000/argoproj/argo-server@sha256:00")],
    absent={},
    absent_fails=False,
    ill_typed=[named("redis") | {"metadata": {"labels": []}}, {"containers": [{"name": "app", "image": 1}]}],
    beside=[service(name="front", type="NodePort", selector={"app": "web"})],
)


def image(name: str) -> dict[str, Any]:
    return pod({}, container(image=name), **WEB)


def test_the_finding_names_the_program_and_the_way_in() -> None:
    (finding,) = judge(check, image("jenkins/jenkins:lts"), OPEN)
    assert (finding.severity, finding.confidence, finding.persona) == ("high", "medium", "regular")
    assert "`jenkins`" in finding.message
    assert "Service `web` by `type: LoadBalancer`" in finding.message


def test_the_name_of_the_workload_counts_too() -> None:
    assert len(judge(check, pod({}, **(WEB | {"name": "my-kubernetes-dashboard-2"})), OPEN)) == 1


@pytest.mark.parametrize(
    "name", ["redis", "bitnami/Redis-Cluster:7", "my.redis", "kubernetes-dashboard:v2", "a.example/x/ray-head"]
)
def test_whole_words_are_compared(name: str) -> None:
    assert len(judge(check, image(name), OPEN)) == 1


@pytest.mark.parametrize(
    "name",
    [
        "redisearch-shop",
        "redis.example/shop/web",
        "shop:redis",
        "oliver006/redis_exporter",
        "prometheus-operator",
        "kube-rbac-proxy-redis",
        "kubernetes-web-dashboard",
        "argo-events",
    ],
)
def test_other_programs_pass(name: str) -> None:
    assert judge(check, image(name), OPEN) == []


def test_helpers_beside_the_program_do_not_count() -> None:
    """An init container is gone when the pod serves."""
    waiting = pod({"initContainers": [container(name="wait", image="redis:7")]}, **WEB)
    assert judge(check, waiting, OPEN) == []


def test_inside_the_cluster_it_passes() -> None:
    assert judge(check, image("redis"), service(selector={"app": "web"})) == []


@pytest.mark.parametrize(
    ("annotations", "found"),
    [
        (None, 1),
        ({"nginx.ingress.kubernetes.io/auth-url": "https://login.example"}, 0),
        ({"nginx.ingress.kubernetes.io/auth-type": "basic"}, 0),
        ({"alb.ingress.kubernetes.io/auth-type": "oidc"}, 0),
        ({"alb.ingress.kubernetes.io/auth-type": "none"}, 1),
        ({"nginx.ingress.kubernetes.io/rewrite-target": "/"}, 1),
    ],
)
def test_an_ingress_that_asks_for_a_login_does_not_count(annotations: dict[str, str] | None, found: int) -> None:
    door = ingress(annotations, defaultBackend={"service": {"name": "web"}})
    assert len(judge(check, image("mlflow"), service(selector={"app": "web"}), door)) == found


def test_the_names_can_be_chosen() -> None:
    given = Params(names=("billing console",))
    assert len(judge(check, image("billing-console:1"), OPEN, params=given)) == 1
    assert judge(check, image("redis"), OPEN, params=given) == []
    assert judge(check, image("redis"), OPEN, params=Params(names=("",))) == []


def test_what_cannot_be_read_may_be_a_way_in_to_such_a_program_only() -> None:
    broken = service(type=1)
    (result,) = run(check, image("redis"), broken).results
    assert (result.verdict, result.reason) == ("error", "lookup-failed")
    assert judge(check, image("shop"), broken) == []


@pytest.mark.parametrize(("address", "count"), [("https://login.example/auth", 0), ("", 1), ("none", 1)])
def test_an_empty_annotation_asks_nobody(address: str, count: int) -> None:
    front = service(name="front", selector={"app": "web"})
    asks = {"nginx.ingress.kubernetes.io/auth-url": address}
    way_in = ingress(asks, defaultBackend={"service": {"name": "front"}})
    assert len(judge(check, image("redis:7"), front, way_in)) == count
