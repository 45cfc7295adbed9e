"""What `kubectl get -o yaml` gives: objects that a controller made are told once, under their top owner."""

from collections import Counter
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests.cli.terminal import Answer, scan, write

Raw = dict[str, Any]
NAME = {
    "Deployment": "web",
    "ReplicaSet": "web-5d9c7",
    "CronJob": "nightly",
    "Job": "nightly-29",
    "Node": "node-1",
}
GROUP = {"Deployment": "apps/v1", "ReplicaSet": "apps/v1", "CronJob": "batch/v1", "Job": "batch/v1", "Node": "v1"}


def containers(**more: Any) -> list[Raw]:
    """One privileged container and others that do no such thing."""
    plain = [{"name": name, "image": f"registry.example/{name}:1", **fields} for name, fields in more.items()]
    app = {"name": "app", "image": "registry.example/app:1", "securityContext": {"privileged": True}}
    return [app, *plain]


def made(kind: str, owner: str, listed: list[Raw]) -> Raw:
    """A workload with its pod template."""
    template = {"metadata": {"labels": {"app": "web"}}, "spec": {"containers": listed}}
    spec = {"jobTemplate": {"spec": {"template": template}}} if kind == "CronJob" else {"template": template}
    return {"apiVersion": GROUP[kind], "kind": kind, "metadata": meta(NAME[kind], owner), "spec": spec}


def meta(name: str, owner: str) -> Raw:
    """Metadata with a controller."""
    reference = {"apiVersion": GROUP.get(owner, ""), "kind": owner, "name": NAME.get(owner), "controller": True}
    return {"name": name, "namespace": "shop", **({"ownerReferences": [reference]} if owner else {})}


def pod(name: str, owner: str, listed: list[Raw]) -> Raw:
    """A Pod."""
    return {"apiVersion": "v1", "kind": "Pod", "metadata": meta(name, owner), "spec": {"containers": listed}}


def listed(folder: Path, *items: Raw) -> Answer:
    """A scan of a `List`, as kubectl prints it."""
    document = {"apiVersion": "v1", "kind": "List", "metadata": {"resourceVersion": ""}, "items": list(items)}
    write(folder, {"list.json": msgspec.json.encode(document)})
    return scan(folder, "--check", "privileged-container")


def told(answer: Answer) -> Counter[tuple[str, str, str]]:
    """Kind, name and container of each finding."""
    subjects = [item["subject"] for item in answer.findings]
    return Counter((item["kind"], item["name"], item.get("container", "")) for item in subjects)


FAMILY = (
    made("Deployment", "", containers()),
    made("ReplicaSet", "Deployment", containers()),
    pod("web-5d9c7-a", "ReplicaSet", containers()),
    pod("web-5d9c7-b", "ReplicaSet", containers()),
)


@pytest.mark.parametrize("order", [(0, 1, 2, 3), (3, 2, 1, 0), (2, 0, 3, 1)])
def test_a_deployment_and_all_it_made_is_told_once(tmp_path: Path, order: tuple[int, ...]) -> None:
    answer = listed(tmp_path, *(FAMILY[index] for index in order))
    assert told(answer) == {("Deployment", "web", "app"): 1}
    assert answer.report["coverage"]["objects"] == 4
    assert answer.report["coverage"]["folded"] == 3
    place = answer.findings[0]["path"]
    assert place == "spec.template.spec.containers[0].securityContext.privileged"


def test_in_files_of_their_own_too(tmp_path: Path) -> None:
    """Whichever file comes first, it is told where the owner stands."""
    for name, item in zip("dcba", FAMILY, strict=True):
        write(tmp_path, {f"{name}.json": msgspec.json.encode(item)})
    answer = scan(tmp_path, "--check", "privileged-container")
    assert told(answer) == {("Deployment", "web", "app"): 1}
    assert [item["location"]["file"] for item in answer.findings] == ["d.json"]


def test_a_sidecar_that_the_deployment_lacks_is_told_as_well(tmp_path: Path) -> None:
    """Somebody injected it: it is nobody's but the pod's, and told under the owner who can be asked."""
    injected = containers(proxy={"securityContext": {"privileged": True}})
    answer = listed(tmp_path, *FAMILY[:2], pod("web-5d9c7-a", "ReplicaSet", injected))
    assert told(answer) == {("Deployment", "web", "app"): 1, ("Deployment", "web", "proxy"): 1}


def test_two_pods_with_the_same_injection_are_told_once(tmp_path: Path) -> None:
    injected = containers(proxy={"securityContext": {"privileged": True}})
    pods = [pod(f"web-5d9c7-{letter}", "ReplicaSet", injected) for letter in "ab"]
    assert told(listed(tmp_path, *FAMILY[:2], *pods))["Deployment", "web", "proxy"] == 1


def test_an_owner_that_is_not_there_is_named_all_the_same(tmp_path: Path) -> None:
    assert told(listed(tmp_path, FAMILY[2])) == {("ReplicaSet", "web-5d9c7", "app"): 1}
    assert told(listed(tmp_path, *FAMILY[1:3])) == {("Deployment", "web", "app"): 1}


def test_a_cron_job_its_job_and_its_pod(tmp_path: Path) -> None:
    family = (
        made("CronJob", "", containers()),
        made("Job", "CronJob", containers()),
        pod("nightly-29-x", "Job", containers()),
    )
    assert told(listed(tmp_path, *family)) == {("CronJob", "nightly", "app"): 1}


def test_a_mirror_pod_belongs_to_its_node(tmp_path: Path) -> None:
    answer = listed(tmp_path, pod("kube-proxy-node-1", "Node", containers()))
    assert told(answer) == {("Node", "node-1", "app"): 1}


def test_the_same_name_in_another_namespace_is_another_owner(tmp_path: Path) -> None:
    elsewhere = pod("web-5d9c7-a", "ReplicaSet", containers())
    elsewhere["metadata"]["namespace"] = "stage"
    answer = listed(tmp_path, *FAMILY[:2], elsewhere)
    assert told(answer) == {("Deployment", "web", "app"): 1, ("ReplicaSet", "web-5d9c7", "app"): 1}


@pytest.mark.parametrize(
    "reference",
    [
        None,
        "text",
        {"kind": "ReplicaSet", "name": "web"},
        {"apiVersion": 1, "kind": "ReplicaSet", "name": "web", "controller": True},
        {"apiVersion": "apps/v1", "kind": "ReplicaSet", "name": "web", "controller": False},
        {"apiVersion": "apps/v1", "kind": "ReplicaSet", "name": "web", "controller": "true"},
    ],
)
def test_what_names_no_controller_owns_nothing(tmp_path: Path, reference: Any) -> None:
    item = pod("alone", "", containers())
    item["metadata"]["ownerReferences"] = [reference]
    assert told(listed(tmp_path, item)) == {("Pod", "alone", "app"): 1}


def test_owners_in_a_circle_end_somewhere(tmp_path: Path) -> None:
    """Nonsense that an API server would not keep: both are told, and nothing hangs."""
    one, other = (pod(name, "", containers()) for name in ("one", "other"))
    for item, owner in ((one, "other"), (other, "one"), (pod("self", "", containers()), "self")):
        item["metadata"]["ownerReferences"] = [
            {"apiVersion": "v1", "kind": "Pod", "name": owner, "controller": True}
        ]
    assert told(listed(tmp_path, one, other)).total() == 2
