"""The roles and bindings that every cluster has from its start, from the golden files of Kubernetes' own tests."""

from pathlib import Path
from typing import Any

import yaml

_FOLDER = Path("plugin/pkg/auth/authorizer/rbac/bootstrappolicy/testdata")
_ROLES = ("cluster-roles.yaml", "controller-roles.yaml", "namespace-roles.yaml")
_BINDINGS = ("cluster-role-bindings.yaml", "controller-role-bindings.yaml", "namespace-role-bindings.yaml")
_FIELDS = ("aggregationRule", "roleRef", "rules", "subjects")


def bootstrap_roles(server: Path, source: str) -> dict[str, Any]:
    """The table: facts alone, in the shape of the objects.

    Args:
        server: The source folder of `k8s.io/kubernetes`.
        source: Where it comes from, as written into the table.
    """
    return {
        "source": source,
        "roles": _objects(server, _ROLES),
        "bindings": _objects(server, _BINDINGS),
    }


def _objects(server: Path, names: tuple[str, ...]) -> list[dict[str, Any]]:
    documents = (yaml.safe_load((server / _FOLDER / name).read_text()) for name in names)
    found = [_without_rest(item) for document in documents for item in document["items"]]
    return sorted(
        found, key=lambda item: (item["kind"], item["metadata"].get("namespace", ""), item["metadata"]["name"])
    )


def _without_rest(item: dict[str, Any]) -> dict[str, Any]:
    """The fields that access is worked out from."""
    metadata = {key: item["metadata"][key] for key in ("name", "namespace", "labels") if key in item["metadata"]}
    return {
        "kind": item["kind"],
        "metadata": metadata,
        **{field: item[field] for field in _FIELDS if item.get(field)},
    }
