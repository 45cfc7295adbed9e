"""Random histories: whatever is moved, renamed, reformatted, split or opened, a diff tells what two scans give."""

import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from bartizan.store.cache import FileCache
from tests.app.history import Content, History, Link, plain_git  # noqa: F401 - a fixture
from tests.app.test_diff_oracle import same_as_two_scans

Objects = list[dict[str, Any]]
World = dict[str, "Objects | Content"]
"""A file holds objects, written in some style, or something else that is what it is."""

NAMES = ("web", "job", "db")
SPACES = ("shop", "data", "")
FOLDERS = ("", "dev/", "prod/", "dev/a/", "dev-x/", "chart/", "chart/templates/", "over/")
FILES = ("a.yaml", "b.yml", "a-b.yaml", "c.json", "kustomization.yaml", "d.yaml")


class Author:
    """Writes objects and files, and changes them, by a seed."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)

    def maybe(self, odds: float = 0.3) -> bool:
        return self.chance.random() < odds

    def pick(self, items: Any) -> Any:
        return self.chance.choice(list(items))

    def object(self) -> dict[str, Any]:
        kind = self.pick(KINDS)
        made: dict[str, Any] = KINDS[kind](self)
        metadata: dict[str, Any] = {"name": self.pick(NAMES)}
        space = self.pick(SPACES)
        if space:
            metadata["namespace"] = space
        if self.maybe():
            metadata["labels"] = {"app": self.pick(NAMES)}
        if kind in ("Pod", "ReplicaSet") and self.maybe(0.5):
            metadata["ownerReferences"] = [self._owner(kind)]
        return {"apiVersion": API[kind], "kind": kind, "metadata": metadata, **made}

    def _owner(self, kind: str) -> dict[str, Any]:
        owner = "ReplicaSet" if kind == "Pod" else "Deployment"
        return {"apiVersion": "apps/v1", "kind": owner, "name": self.pick(NAMES), "controller": True}

    def pod_spec(self) -> dict[str, Any]:
        containers = []
        for name in self.chance.sample(NAMES, self.chance.randint(1, 2)):
            container: dict[str, Any] = {
                "name": name,
                "image": self.pick(("r.example/a:1", "r.example/a", "a:latest")),
            }
            if self.maybe():
                container["securityContext"] = self.pick(
                    (
                        {"privileged": True},
                        {"runAsNonRoot": True},
                        {"capabilities": {"drop": ["ALL"]}},
                        {"privileged": "x"},
                    )
                )
            if self.maybe(0.2):
                container["env"] = [{"name": "PASSWORD", "value": self.pick(("hunter2-and-more", "${X}"))}]
            containers.append(container)
        spec: dict[str, Any] = {"containers": containers}
        if self.maybe(0.2):
            spec["hostPID"] = self.pick((True, False))
        if self.maybe(0.2):
            path = self.pick(("/", "/var/log", "/run/x"))
            spec["volumes"] = [{"name": "v", "hostPath": {"path": path}}]
        if self.maybe():
            spec["serviceAccountName"] = self.pick(NAMES)
        return spec

    def template(self) -> dict[str, Any]:
        return {"metadata": {"labels": {"app": self.pick(NAMES)}}, "spec": self.pod_spec()}

    def file_name(self) -> str:
        return str(self.pick(FOLDERS) + self.pick(FILES))

    def file_of(self, world: World) -> str:
        """A file that is none of the rules."""
        return str(self.pick(name for name in world if "bartizan" not in name))

    def content(self) -> "Objects | Content":
        return self.chance.choices(
            (
                [self.object() for _ in range(self.chance.randint(1, 3))],
                self.pick(ODD),
                self.kustomization(),
                Link(
                    self.pick(
                        ("a.yaml", "../a.yaml", "dev/a.yaml", "../../out.yaml", "gone.yaml", "dev", "a-b.yaml")
                    )
                ),
            ),
            (16, 2, 1, 1),
        )[0]

    def kustomization(self) -> str:
        fields: dict[str, Any] = {"resources": [self.pick(FILES), "../dev"]}
        if self.maybe(0.6):
            fields |= {"namePrefix": "x-", "patches": [{"path": self.pick(FILES)}]}
        return yaml.safe_dump({"apiVersion": "kustomize.config.k8s.io/v1beta1", "kind": "Kustomization", **fields})

    def world(self) -> World:
        made: World = {self.file_name(): self.content() for _ in range(self.chance.randint(3, 9))}
        if self.maybe(0.15):
            made["chart/Chart.yaml"] = "apiVersion: v2\nname: chart\nversion: 1.0.0\n"
        self.rule(made)
        return self.settled(made)

    def rule(self, made: World) -> None:
        """Write some of the rules anew."""
        if self.maybe(0.2):
            made[self.pick(("", "dev/")) + ".bartizanignore"] = self.pick(
                ("a.yaml\n", "dev/\n!a.yaml\n", "*.yml\n")
            )
        if self.maybe():
            made[".bartizan/exceptions/e.yaml"] = self.exception()
        if self.maybe(0.5):
            made["bartizan.yaml"] = self.pick(
                ("persona: audit\n", "exclude: [prod/]\n", "checks: {ignore: ['root-*']}\n")
            )

    def exception(self) -> str:
        check = self.pick(("host-path-volumes", "root-allowed", "no-network-policy"))
        allow = {"value": "/var/log"} if check == "host-path-volumes" else {}
        spec = {"target": {"check": check}, "owner": "o", "reason": "r", "until": "2027-01-01", "allow": allow}
        if self.maybe(0.5):
            spec["subjects"] = [{"name": self.pick(NAMES)}]
        return json.dumps(
            {"apiVersion": "bartizan.dev/v1alpha1", "kind": "Exception", "metadata": {"name": "e"}, "spec": spec}
        )

    @staticmethod
    def settled(world: World) -> World:
        """Without files that stand where another one needs a folder."""
        return {name: world[name] for name in world if not any(other.startswith(name + "/") for other in world)}

    def changed(self, world: World) -> World:
        new = dict(world)
        for _ in range(self.chance.randint(1, 4)):
            self.pick(OPERATIONS)(self, new)
        return self.settled(new)

    def tree(self, world: World, written: dict[str, tuple[Objects, str]]) -> dict[str, Content]:
        """Text for each file; objects that did not change keep the text that they have, unless it is rewritten."""
        texts: dict[str, Content] = {}
        for name, content in world.items():
            if not isinstance(content, list):
                texts[name] = content
                continue
            old = written.get(name)
            if old is None or old[0] != content or self.maybe(0.1):
                written[name] = (json.loads(json.dumps(content)), self.text(content))
            texts[name] = written[name][1]
        return texts

    def text(self, objects: Objects) -> str:
        if self.maybe(0.2):
            objects = [{"apiVersion": "v1", "kind": "List", "items": objects}]
        style = self.pick(("block", "flow", "quoted", "sorted", "json", "comments"))
        if style == "json":
            return "\n---\n".join(json.dumps(item) for item in objects)
        text = yaml.dump_all(
            json.loads(json.dumps(objects)),
            default_flow_style=style == "flow",
            default_style='"' if style == "quoted" and _only_texts(objects) else None,
            sort_keys=style == "sorted",
        )
        return "# a comment\n\n" + text if style == "comments" else text


def _only_texts(value: Any) -> bool:
    """Quotes would turn a `true` into a text."""
    if isinstance(value, dict | list):
        return all(_only_texts(item) for item in (value.values() if isinstance(value, dict) else value))
    return isinstance(value, str)


API = {
    "Pod": "v1",
    "Deployment": "apps/v1",
    "ReplicaSet": "apps/v1",
    "Service": "v1",
    "ServiceAccount": "v1",
    "ConfigMap": "v1",
    "NetworkPolicy": "networking.k8s.io/v1",
    "CiliumNetworkPolicy": "cilium.io/v2",
    "ClusterRole": "rbac.authorization.k8s.io/v1",
    "RoleBinding": "rbac.authorization.k8s.io/v1",
}
KINDS: dict[str, Callable[[Author], dict[str, Any]]] = {
    "Pod": lambda author: {"spec": author.pod_spec()},
    "Deployment": lambda author: {"spec": {"template": author.template()}},
    "ReplicaSet": lambda author: {"spec": {"template": author.template()}},
    "Service": lambda author: {"spec": {"type": author.pick(("NodePort", "ClusterIP")), "ports": [{"port": 80}]}},
    "ServiceAccount": lambda author: {"automountServiceAccountToken": author.pick((True, False, "no"))},
    "ConfigMap": lambda author: {"data": {"password": author.pick(("hunter2-and-more", "{{ x }}"))}},
    "NetworkPolicy": lambda author: {
        "spec": {"podSelector": author.pick(({}, {"matchLabels": {"app": author.pick(NAMES)}}, "broken"))}
    },
    "CiliumNetworkPolicy": lambda _author: {"spec": {}},
    "ClusterRole": lambda author: {
        "rules": [{"apiGroups": ["*"], "resources": author.pick((["*"], ["secrets"])), "verbs": ["get"]}]
    },
    "RoleBinding": lambda author: {
        "roleRef": {"kind": "ClusterRole", "name": author.pick(("cluster-admin", *NAMES))},
        "subjects": [{"kind": "ServiceAccount", "name": author.pick(NAMES), "namespace": "shop"}],
    },
}
ODD: tuple[Content, ...] = (
    "a: [1\n",
    b"\xff\xfe\xfa",
    "just: a mapping\n",
    "apiVersion: v1\nkind: Pod\nmetadata: [x]\n",
    '{{ .Values.x }}: {{ include "y" . }}\n',
    "$patch: delete\napiVersion: v1\nkind: Pod\nmetadata: {name: web}\n",
    "apiVersion: v1\nkind: Pod\nmetadata: {name: web, namespace: shop}\nspec: {hostPID: true, hostPID: true}\n",
    "",
)


def _manifests(world: World) -> list[str]:
    return [name for name, content in world.items() if isinstance(content, list) and content]


def _edit(author: Author, world: World) -> None:
    for name in _manifests(world):
        if author.maybe(0.5):
            world[name] = [author.object() if author.maybe(0.5) else item for item in world[name]]  # type: ignore[union-attr] # it is open


def _move(author: Author, world: World) -> None:
    name = author.file_of(world)
    world[author.file_name()] = world.pop(name)


def _swap(author: Author, world: World) -> None:
    one, other = author.file_of(world), author.file_of(world)
    world[one], world[other] = world[other], world[one]


def _copy(author: Author, world: World) -> None:
    name = author.file_of(world)
    world[author.pick(("dev/", "prod/")) + name.rpartition("/")[2]] = world[name]


def _split(author: Author, world: World) -> None:
    for name in _manifests(world)[:1]:
        first, *rest = world[name]  # type: ignore[misc, union-attr]
        world[name], world[author.file_name()] = rest, [first]


def _merge(_author: Author, world: World) -> None:
    names = _manifests(world)
    if len(names) > 1:
        world[names[0]] = [*world[names[0]], *world.pop(names[1])]  # type: ignore[misc] # the test knows better


def _delete(author: Author, world: World) -> None:
    name = author.file_of(world)
    if any("bartizan" not in other for other in world if other != name):
        world.pop(name)


def _add(author: Author, world: World) -> None:
    world[author.file_name()] = author.content()


def _police(author: Author, world: World) -> None:
    """Add or take away what other objects are judged by."""
    kind = author.pick(("NetworkPolicy", "CiliumNetworkPolicy", "ServiceAccount", "RoleBinding"))
    for name in _manifests(world):
        world[name] = [item for item in world[name] if item["kind"] != kind]  # type: ignore[union-attr, index]
    if author.maybe(0.5):
        metadata = {"name": author.pick(NAMES), "namespace": "shop"}
        world[author.file_name()] = [
            {"apiVersion": API[kind], "kind": kind, "metadata": metadata, **KINDS[kind](author)}
        ]


def _rule(author: Author, world: World) -> None:
    """What the head asks to be judged by, in vain."""
    author.rule(world)


OPERATIONS = (_edit, _move, _swap, _copy, _split, _merge, _delete, _add, _police, _rule)


@pytest.mark.parametrize("seed", range(30))
def test_a_diff_tells_what_two_scans_give(seed: int, tmp_path: Path) -> None:
    """Two changes one upon the other, without a cache and with one that knows the other states."""
    author = Author(seed)
    history = History(tmp_path / "repository")
    world = author.world()
    written: dict[str, tuple[Objects, str]] = {}
    tree = author.tree(world, written)
    commit = history.commit(tree)
    cache = FileCache(tmp_path / "cache")
    for _ in range(2):
        world = author.changed(world)
        before, tree = tree, author.tree(world, written)
        parent, commit = commit, history.commit(tree, commit)
        cold = history.diff(f"{parent}..{commit}")
        same_as_two_scans(before, tree, cold, tmp_path)
        assert history.diff(f"{parent}..{commit}", cache=cache) == cold
        assert history.diff(f"{parent}..{commit}", cache=cache) == cold
        back = history.diff(f"{commit}..{parent}", keep_unchanged=True, cache=cache)
        same_as_two_scans(tree, before, back, tmp_path)
