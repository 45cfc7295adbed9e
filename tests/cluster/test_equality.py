"""One verdict: what stands in a cluster is judged as it is judged in files, whoever hands it over (law 2)."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
import yaml

from tests.architecture.tree import ROOT
from tests.cluster.objects import Cluster, Object, read, written
from tests.cluster.scanning import scan, scan_cluster
from tools.lab.control_plane import ControlPlane, control_plane, missing

SHOP = ROOT / "examples" / "harbor-market"
CORPUS = Path(os.environ.get("BARTIZAN_CORPUS") or ROOT.parent / "shared" / "corpus") / "manifests" / "apps"
NO_FILE = {"literal-secret", "duplicate-key"}
"""Checks of what only a file can do: hold a Secret's value for its readers, say a key twice."""
FILE_ONLY = NO_FILE | {"autoscaled-with-fixed-replicas", "deprecated-service-account-field"}
"""In a cluster it is the autoscaler who sets the replicas, and the server fills in both names of an account."""
NOT_READ = {"unknown-field", "missing-config-reference", "credential-in-annotation"}
"""Checks that may ask what no scan of a cluster reads: the values of Secrets."""
SERVED = ("--kubernetes-version", "1.36")

OWNED = {
    "apiVersion": "apps/v1",
    "kind": "ReplicaSet",
    "metadata": {"name": "web-1", "namespace": "owners"},
    "spec": {
        "selector": {"matchLabels": {"app": "web"}},
        "template": {
            "metadata": {"labels": {"app": "web"}},
            "spec": {
                "containers": [
                    {"name": "web", "image": "registry.example/web:1", "securityContext": {"privileged": True}}
                ]
            },
        },
    },
}
DEFINITION = {
    "apiVersion": "apiextensions.k8s.io/v1",
    "kind": "CustomResourceDefinition",
    "metadata": {"name": "launchers.jobs.example.com"},
    "spec": {
        "group": "jobs.example.com",
        "names": {"kind": "Launcher", "plural": "launchers"},
        "scope": "Namespaced",
        "versions": [
            {
                "name": "v1",
                "served": True,
                "storage": True,
                "schema": {"openAPIV3Schema": {"type": "object", "x-kubernetes-preserve-unknown-fields": True}},
            }
        ],
    },
}
LAUNCHER = {
    "apiVersion": "jobs.example.com/v1",
    "kind": "Launcher",
    "metadata": {"name": "nightly", "namespace": "owners"},
    "spec": {
        "template": {"spec": {"hostPID": True, "containers": [{"name": "job", "image": "registry.example/job:1"}]}}
    },
}


@pytest.fixture(scope="module")
def applied(cluster: Cluster) -> list[Object]:
    """The example shop, and a few things that it does not have."""
    objects = [*read(SHOP), {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "owners"}}]
    cluster.apply([*objects, DEFINITION])
    cluster.apply(_with_pods(cluster))
    cluster.wait_for("jobs.example.com/v1")
    cluster.apply([LAUNCHER])
    return objects


def _with_pods(cluster: Cluster) -> Iterator[Object]:
    """A Deployment with what its controllers would make of it: no controller runs here."""
    template = OWNED["spec"]["template"]
    deployment = {**OWNED, "kind": "Deployment", "metadata": {"name": "web", "namespace": "owners"}}
    cluster.apply([deployment])
    replicas = {**OWNED, "metadata": {**OWNED["metadata"], "ownerReferences": [_owner(cluster, deployment)]}}
    cluster.apply([replicas])
    for number in range(3):
        metadata = {
            "name": f"web-1-{number}",
            "namespace": "owners",
            "labels": {"app": "web"},
            "ownerReferences": [_owner(cluster, replicas)],
        }
        yield {"apiVersion": "v1", "kind": "Pod", "metadata": metadata, "spec": template["spec"]}


def _owner(cluster: Cluster, item: Object) -> dict[str, Any]:
    uid = cluster.get(item)["metadata"]["uid"]
    return {
        "apiVersion": item["apiVersion"],
        "kind": item["kind"],
        "name": item["metadata"]["name"],
        "uid": uid,
        "controller": True,
    }


@pytest.mark.usefixtures("applied")
def test_a_cluster_is_judged_as_its_dump(plane: ControlPlane, cluster: Cluster, tmp_path: Path) -> None:
    """The dump is made by the oldest discovery and plain lists, and scanned as `kubectl get … | bartizan scan -`."""
    live = scan_cluster(plane, "admin")
    dump = scan(
        tmp_path,
        "-",
        *SERVED,
        stdin=msgspec.json.encode({"kind": "List", "apiVersion": "v1", "items": cluster.dump()}),
    )
    assert live.found == dump.found
    assert len(live.found) > 50
    assert live.report["header"]["kubernetesVersion"] == "1.36"
    assert {check for check, _, _ in live.skipped - dump.skipped} <= NOT_READ
    assert (live.status, live.unknowns) == (1, {})


def test_a_cluster_is_judged_as_the_files_that_were_applied(plane: ControlPlane, applied: list[Object]) -> None:
    """Defaulting by the API server changes no finding."""
    live, files = scan_cluster(plane, "admin"), scan(ROOT, "examples/harbor-market", *SERVED)
    assert {check for check, *_ in files.found - live.found} == NO_FILE
    names = {
        f"{item['kind']} {item['metadata'].get('namespace', '-')}/{item['metadata']['name']}" for item in applied
    }
    assert [found for found in live.found - files.found if found[1] in names - {"Namespace -/owners"}] == []


@pytest.mark.usefixtures("applied")
def test_pods_are_told_at_their_deployment(plane: ControlPlane) -> None:
    live = scan_cluster(plane, "admin", "-n", "owners", "--check", "privileged-container")
    assert [found[1] for found in live.found] == ["Deployment owners/web"]
    assert live.report["coverage"]["folded"] == 4


@pytest.mark.usefixtures("applied")
def test_custom_resources_are_read_as_well(plane: ControlPlane) -> None:
    live = scan_cluster(plane, "admin", "--check", "host-namespaces")
    assert "Launcher owners/nightly" in {subject for _, subject, *_ in live.found}


@pytest.mark.usefixtures("applied")
def test_two_scans_say_the_same_bytes(plane: ControlPlane) -> None:
    assert scan_cluster(plane, "admin").report == scan_cluster(plane, "admin").report


if CORPUS.is_dir():

    @pytest.mark.parametrize("app", sorted(folder.name for folder in CORPUS.iterdir() if folder.is_dir()))
    def test_a_well_known_application_is_judged_alike(app: str, tmp_path: Path) -> None:
        """From its files, from its dump, and where it stands."""
        if why := missing():
            pytest.skip(why)
        with control_plane(tmp_path) as plane, plane.client() as client:
            cluster = Cluster(client)
            applied = [item for item in _namespaced(cluster, CORPUS / app) if cluster.takes(item)]
            assert applied
            live = scan_cluster(plane, "admin")
            dump = msgspec.json.encode({"kind": "List", "apiVersion": "v1", "items": cluster.dump()})
            dumped, files = (
                scan(tmp_path, "-", *SERVED, stdin=dump),
                scan(tmp_path, written(applied, tmp_path / "a.json"), *SERVED),
            )
        assert {check for check, *_ in dumped.found - live.found} <= FILE_ONLY
        assert live.found - dumped.found == {}
        assert {check for check, *_ in files.found - live.found} <= FILE_ONLY
        subjects = {subject for _, subject, *_ in files.found}
        assert {found[0] for found in live.found - files.found if found[1] in subjects} <= FILE_ONLY


def _namespaced(cluster: Cluster, folder: Path) -> list[Object]:
    """The last of each name, each in a namespace that is there."""
    found: dict[tuple[str, str, str], Object] = {}
    for file in sorted(folder.rglob("*.y*ml")):
        try:
            documents = list(yaml.safe_load_all(file.read_text()))
        except yaml.YAMLError:
            continue
        for item in documents:
            if isinstance(item, dict) and isinstance(item.get("metadata"), dict) and cluster.serves(item):
                space = cluster.space(item)
                if space:
                    item["metadata"]["namespace"] = space
                found[item["kind"], space, item["metadata"].get("name", "")] = item
    spaces = {space for _, space, _ in found if space}
    cluster.apply({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": space}} for space in spaces)
    return sorted(found.values(), key=lambda item: item["kind"] != "Namespace")
