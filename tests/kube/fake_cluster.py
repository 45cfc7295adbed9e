"""A fake API server with a few kinds, for what a real one is too good for."""

from typing import Any

from tests.kube.fake_server import Asked, Reply

FORBIDDEN = Reply({"message": "no"}, status=403)
KINDS = {
    "": [
        ("nodes", "Node", False),
        ("pods", "Pod", True),
        ("secrets", "Secret", True),
        ("namespaces", "Namespace", False),
        ("events", "Event", True),
    ],
    "apps": [("deployments", "Deployment", True)],
    "extensions": [("ingresses", "Ingress", True)],
    "networking.k8s.io": [("ingresses", "Ingress", True)],
}


class FakeCluster:
    """Lists by path; every kind of `KINDS` that is not among them is empty."""

    def __init__(self, lists: dict[str, Any], stale: str = "none") -> None:
        self.lists = lists
        self.stale = stale

    def __call__(self, asked: Asked) -> Reply:
        if asked.path == "/version":
            return Reply({"major": "1", "minor": "34"})
        if asked.path in ("/api", "/apis"):
            groups = [group for group in KINDS if bool(group) == (asked.path == "/apis")]
            return Reply({"kind": "APIGroupDiscoveryList", "items": [self._group(group) for group in groups]})
        found = self.lists.get(asked.path, [])
        if isinstance(found, Reply):
            return found
        if not isinstance(found, list):
            return Reply(found)
        if "as=Table" in asked.headers["Accept"]:
            columns = [{"name": "Name"}, {"name": "Type"}]
            rows = [
                {"cells": [item["metadata"]["name"], item.get("type")], "object": {"metadata": item["metadata"]}}
                for item in found
            ]
            return Reply({"kind": "Table", "metadata": {}, "columnDefinitions": columns, "rows": rows})
        return Reply({"metadata": {}, "items": found})

    def _group(self, name: str) -> dict[str, Any]:
        kinds = [
            {
                "resource": plural,
                "responseKind": {"kind": kind},
                "scope": "Namespaced" if spaced else "Cluster",
                "verbs": ["list"],
            }
            for plural, kind, spaced in KINDS[name]
        ]
        fresh = "Stale" if name == self.stale else "Current"
        return {
            "metadata": {"name": name},
            "versions": [{"version": "v1", "resources": kinds, "freshness": fresh}],
        }


def item(name: str, namespace: str = "", **fields: Any) -> dict[str, Any]:
    """As an item of a list: without its type."""
    metadata = {
        "name": name,
        "managedFields": [{"manager": "kubectl"}],
        **({"namespace": namespace} if namespace else {}),
    }
    return {"metadata": {**metadata, **fields.pop("metadata", {})}, **fields}
