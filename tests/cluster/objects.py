"""What tests put into a real cluster, and how they get it out again: without any of Bartizan's own reading."""

import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx2
import msgspec
import yaml

_FIRST = ("CustomResourceDefinition", "Namespace")
_APPLY = {"Content-Type": "application/apply-patch+yaml"}
_PAGE = 500

Object = dict[str, Any]


def read(folder: Path) -> list[Object]:
    """The objects of every YAML file below a folder."""
    return [item for file in sorted(folder.rglob("*.yaml")) for item in read_file(file)]


def read_file(file: Path) -> list[Object]:
    """The objects of a YAML file."""
    return [document for document in yaml.safe_load_all(file.read_text()) if document]


class Cluster:
    """A client that applies and dumps."""

    def __init__(self, client: httpx2.Client) -> None:
        self.client = client
        self._kinds: dict[tuple[str, str], tuple[str, bool]] = {}

    def apply(self, objects: Iterable[Object]) -> None:
        """Server-side apply, definitions and namespaces first. The server refuses nothing, or the test fails."""
        for item in sorted(objects, key=lambda item: item["kind"] not in _FIRST):
            answer = self._apply(item)
            assert answer.is_success, (item["kind"], item["metadata"], answer.text)

    def takes(self, item: Object) -> bool:
        """Apply; whether the server took it."""
        return self._apply(item).is_success

    def _apply(self, item: Object) -> httpx2.Response:
        query = {"fieldManager": "test", "force": "true"}
        return self.client.patch(self._path(item), params=query, headers=_APPLY, json=item)

    def delete(self, item: Object) -> None:
        """Take it away."""
        answer = self.client.delete(self._path(item))
        assert answer.is_success, answer.text

    def token(self, namespace: str, account: str) -> str:
        """A token of a service account."""
        path = f"/api/v1/namespaces/{namespace}/serviceaccounts/{account}/token"
        request = {
            "apiVersion": "authentication.k8s.io/v1",
            "kind": "TokenRequest",
            "spec": {"expirationSeconds": 3600},
        }
        answer = self.client.post(path, json=request)
        assert answer.is_success, answer.text
        return str(answer.json()["status"]["token"])

    def get(self, item: Object) -> Object:
        """The object as it stands."""
        found: Object = self.client.get(self._path(item)).json()
        return found

    def serves(self, item: Object) -> bool:
        """Whether the server knows the object's kind."""
        version, kind = item.get("apiVersion"), item.get("kind")
        if (version, kind) not in self._kinds and isinstance(version, str):
            self._learn(version)
        return (version, kind) in self._kinds

    def space(self, item: Object) -> str:
        """The object's namespace as the server would write it; empty where its kind has none."""
        return (
            item["metadata"].get("namespace", "default")
            if self._kinds[item["apiVersion"], item["kind"]][1]
            else ""
        )

    def wait_for(self, version: str) -> None:
        """Until the server serves a group that was defined a moment ago."""
        self.wait_until(lambda client: client.get(f"/apis/{version}").is_success)

    def wait_until(self, holds: Callable[[httpx2.Client], bool]) -> None:
        """Until it holds."""
        for _ in range(200):
            if holds(self.client):
                return
            time.sleep(0.05)
        raise AssertionError("it never came to hold")

    def create(self, objects: Iterable[Object]) -> None:
        """Many at once, all new."""
        with ThreadPoolExecutor(8) as pool:
            for answer in pool.map(self._create, objects):
                assert answer.is_success, answer.text

    def _create(self, item: Object) -> httpx2.Response:
        return self.client.post(self._path(item).rpartition("/")[0], json=item)

    def dump(self) -> list[Object]:
        """Every object of the cluster as `kubectl get -o yaml` shows it, by the oldest form of discovery."""
        return [item for path, kind in self.lists().items() for item in self._items(path, kind)]

    def lists(self) -> dict[str, tuple[str, str]]:
        """The path of each list that is served, with the apiVersion and kind of its items."""
        groups = self.client.get("/apis", headers={"Accept": "application/json"}).json()["groups"]
        preferred = ["/api/v1", *(f"/apis/{group['preferredVersion']['groupVersion']}" for group in groups)]
        found: dict[str, tuple[str, str]] = {}
        for root in preferred:
            told = self.client.get(root).json()
            for kind in told["resources"]:
                if "/" not in kind["name"] and "list" in kind["verbs"]:
                    found[f"{root}/{kind['name']}"] = told["groupVersion"], kind["kind"]
        return found

    def _items(self, path: str, kind: tuple[str, str]) -> list[Object]:
        answer = self.client.get(path).json()
        for item in answer["items"]:
            item["metadata"].pop("managedFields", None)
        return [{"apiVersion": kind[0], "kind": kind[1], **item} for item in answer["items"]]

    def _path(self, item: Object) -> str:
        version, kind = item["apiVersion"], item["kind"]
        assert self.serves(item), (version, kind)
        plural, namespaced = self._kinds[version, kind]
        root = f"/apis/{version}" if "/" in version else f"/api/{version}"
        space = f"/namespaces/{item['metadata'].get('namespace', 'default')}" if namespaced else ""
        return f"{root}{space}/{plural}/{item['metadata']['name']}"

    def _learn(self, version: str) -> None:
        answer = self.client.get(f"/apis/{version}" if "/" in version else f"/api/{version}")
        for kind in answer.json()["resources"] if answer.is_success else ():
            if "/" not in kind["name"]:
                self._kinds[version, kind["kind"]] = kind["name"], kind["namespaced"]


def written(objects: list[Object], file: Path) -> Path:
    """A list of objects as a file, as `kubectl get -o json` writes one."""
    file.write_bytes(msgspec.json.encode({"apiVersion": "v1", "kind": "List", "items": objects}))
    return file
