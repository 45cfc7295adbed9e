"""One view of a pod, whatever kind of object makes it, and every container with its path."""

from typing import Any

import pytest

from bartizan.model.path import get
from bartizan.model.resource import GroupKind
from bartizan.model.shape import IllTypedField
from bartizan.model.workload import QUOTING_GROUPS, TEMPLATES, pod_views
from tests.harness import resource

POD = {"metadata": {"labels": {"app": "web"}}, "spec": {"containers": [{"name": "app", "image": "x:1"}]}}


def made(api_version: str, kind: str, path: tuple[str, ...], template: Any = POD) -> dict[str, Any]:
    """An object that keeps a template at a path."""
    raw: dict[str, Any] = {"apiVersion": api_version, "kind": kind}
    node = raw
    for step in path[:-1]:
        node = node.setdefault(step, {})
    if path:
        node[path[-1]] = template
    else:
        raw |= template
    return raw


def views(raw: dict[str, Any]) -> list[tuple[tuple[str | int, ...], list[str]]]:
    """Path and containers of each pod that the object makes."""
    return [(view.path, [container.name for container in view.containers]) for view in pod_views(resource(raw))]


@pytest.mark.parametrize("kind", TEMPLATES, ids=str)
def test_every_known_kind_makes_one_pod(kind: GroupKind) -> None:
    path = TEMPLATES[kind]
    raw = made(f"{kind.group}/v1" if kind.group else "v1", kind.kind, path)  # type: ignore[arg-type] # names from a table
    (view,) = pod_views(resource(raw))
    (container,) = view.containers
    assert (view.path, view.spec_path, container.path) == (path, (*path, "spec"), (*path, "spec", "containers", 0))
    assert get(raw, container.path) == container.raw == {"name": "app", "image": "x:1"}
    assert view.metadata == {"labels": {"app": "web"}}
    assert view.problems == ()


@pytest.mark.parametrize(
    ("raw", "paths"),
    [
        (made("example.com/v1", "MyJob", ("spec", "template")), [("spec", "template")]),
        (made("example.com/v1", "MyJob", ("spec", "podTemplate")), [("spec", "podTemplate")]),
        (made("example.com/v1", "MyJob", ("spec", "worker", "Template")), [("spec", "worker", "Template")]),
        (made("example.com/v1", "MyJob", ("spec", "templates"), [POD, POD]), [("spec", "templates", i) for i in (0, 1)]),
        (made("example.com/v1", "MyJob", ("spec", "pods"), [{"template": POD}]), [("spec", "pods", 0, "template")]),
        (made("example.com/v1", "MyJob", ("spec", "replicaSpecs"), {"a": {"template": POD}, "b": {"template": POD}}),
         [("spec", "replicaSpecs", name, "template") for name in "ab"]),
        (made("example.com/v1", "MyJob", ("spec", "pod")), [("spec", "pod")]),
        (made("example.com/v1", "MyJob", tuple("abcdefghijklmnop")), [tuple("abcdefghijklmnop")]),
        (made("example.com/v1", "MyPod", ()), [()]),
        (made("v1", "pod", ()), [()]),
        (made("template.openshift.io/v1", "Template", ("objects",), [made("apps/v1", "Deployment", ("spec", "template"))]),
         [("objects", 0, "spec", "template")]),
    ],
)  # fmt: skip
def test_a_custom_kind_is_found_by_the_shape_of_its_template(raw: dict[str, Any], paths: list[Any]) -> None:
    assert views(raw) == [(path, ["app"]) for path in paths]


@pytest.mark.parametrize(
    "raw",
    [
        {"apiVersion": "v1", "kind": "ConfigMap", "data": {"template": "x"}},
        {"apiVersion": "v1", "kind": "Service", "spec": {"template": {"spec": {}}}},
        made("example.com/v1", "MyJob", ("spec", "pod"), {"spec": {"containers": [{"name": "a part of one"}]}}),
        made("example.com/v1", "MyJob", ("spec", "template"), {"spec": {"containers": []}}),
        made("example.com/v1", "MyJob", ("spec", "template"), {"spec": {"containers": ["x"]}}),
        *(made(f"{group}/v1", "Policy", ("spec", "template")) for group in sorted(QUOTING_GROUPS)),
    ],
)
def test_what_makes_no_pod_has_none(raw: dict[str, Any]) -> None:
    """A policy that quotes a pod, say."""
    assert views(raw) == []


@pytest.mark.parametrize(
    ("api_version", "kind"),
    [("argoproj.io/v1", "Rollout"), ("apps.openshift.io/v1", "DeploymentConfig"), ("v1", "ReplicationController")],
)
def test_a_template_may_be_left_out_where_the_api_lets_it(api_version: str, kind: str) -> None:
    """A Rollout may name a Deployment in its place."""
    assert views({"apiVersion": api_version, "kind": kind, "spec": {"workloadRef": {"name": "web"}}}) == []


def test_the_same_kind_of_another_group_is_another_kind() -> None:
    assert views({"apiVersion": "example.com/v1", "kind": "Pod", "spec": {"containers": [{"name": "app"}]}}) == []


def test_every_container_comes_with_its_role_and_path() -> None:
    spec = {
        "initContainers": [{"name": "first"}, {"name": "side", "restartPolicy": "Always"}],
        "containers": [{"name": "app", "securityContext": {"privileged": True}}],
        "ephemeralContainers": [{"name": "debug"}],
    }
    (view,) = pod_views(resource({"apiVersion": "v1", "kind": "Pod", "spec": spec}))
    told = [(container.name, container.role, container.path[1:]) for container in view.containers]
    assert told == [
        ("first", "init", ("initContainers", 0)),
        ("side", "sidecar", ("initContainers", 1)),
        ("app", "regular", ("containers", 0)),
        ("debug", "ephemeral", ("ephemeralContainers", 0)),
    ]
    assert [container.security for container in view.containers] == [{}, {}, {"privileged": True}, {}]
    assert all(container.pod is view for container in view.containers)
    assert view.containers is view.containers


@pytest.mark.parametrize(
    ("raw", "path"),
    [
        (made("v1", "Pod", (), {}), ("spec",)),
        (made("v1", "Pod", (), {"spec": None}), ("spec",)),
        (made("v1", "Pod", (), {"spec": "x"}), ("spec",)),
        (made("v1", "Pod", (), {"spec": {"containers": "x"}}), ("spec", "containers")),
        (made("apps/v1", "Deployment", ("spec",), "x"), ("spec",)),
        (made("apps/v1", "Deployment", ("spec",), {}), ("spec", "template")),
        (made("batch/v1", "CronJob", ("spec", "jobTemplate"), [1]), ("spec", "jobTemplate")),
    ],
)  # fmt: skip
def test_a_pod_that_cannot_be_read_is_a_problem_with_its_path(raw: dict[str, Any], path: tuple[Any, ...]) -> None:
    """It is neither an absent pod nor one without containers."""
    (view,) = pod_views(resource(raw))
    assert [problem.path for problem in view.problems] == [path]
    with pytest.raises(IllTypedField):
        _ = view.containers


@pytest.mark.parametrize(
    "bad", [None, "x", {"name": "a", "securityContext": []}, {"name": "a", "restartPolicy": 1}]
)
@pytest.mark.parametrize("field", ["containers", "initContainers"])
def test_an_ill_typed_container_hides_no_other(field: str, bad: Any) -> None:
    """Reading it raises where it is ill-typed; the next one is read as if it stood alone."""
    good = {"name": "b", "securityContext": {"privileged": True}}
    (view,) = pod_views(resource(made("v1", "Pod", (), {"spec": {field: [bad, good]}})))
    first, second = view.containers
    assert second.security == {"privileged": True}
    assert len(view.problems) == 1
    with pytest.raises(IllTypedField):
        _ = first.security, first.raw.get("restartPolicy")


def test_a_template_with_one_odd_container_is_still_one() -> None:
    containers = [{"name": 1, "image": "x"}, {"name": "app", "image": "y"}]
    (view,) = pod_views(
        resource(made("example.com/v1", "MyJob", ("spec", "template"), {"spec": {"containers": containers}}))
    )
    assert [problem.path[-1] for problem in view.problems] == ["name"]


def test_what_is_ill_typed_elsewhere_leaves_the_rest_readable() -> None:
    raw = made(
        "v1", "Pod", (), {"spec": {"hostPID": "yes", "containers": [{"name": "app", "env": {}}, {"name": "b"}]}}
    )
    (view,) = pod_views(resource(raw))
    assert [container.name for container in view.containers] == ["app", "b"]
    assert {problem.path for problem in view.problems} == {("spec", "hostPID"), ("spec", "containers", 0, "env")}


def test_a_container_may_have_no_name() -> None:
    (view,) = pod_views(
        resource(made("serving.knative.dev/v1", "Service", ("spec", "template"), {"spec": {"containers": [{}]}}))
    )
    assert [container.name for container in view.containers] == ["containers[0]"]


@pytest.mark.parametrize(("name", "windows"), [("windows", True), ("linux", False), (None, False)])
def test_a_pod_says_its_system(name: str | None, windows: bool) -> None:
    (view,) = pod_views(resource(made("v1", "Pod", (), {"spec": {"os": {"name": name}, "containers": []}})))
    assert view.windows is windows
