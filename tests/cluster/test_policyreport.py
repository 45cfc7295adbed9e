"""A real API server takes our policy reports, and drops nothing of them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
import yaml

from bartizan.model.report import Report
from tests.cluster.objects import Cluster
from tests.reports.formats import render
from tests.reports.sample import DIFF, SCAN
from tests.reports.test_every_format import many
from tests.reports.test_hostile import HOSTILE, spoilt

SCHEMAS = Path(__file__).parents[1] / "reports" / "schemas"
OWN = "wgpolicyk8s.io/v1alpha2"


@pytest.fixture(scope="module", autouse=True)
def _definitions(cluster: Cluster) -> None:
    namespaces = ("billing", "kube-system", "shop")
    cluster.apply(yaml.safe_load(file.read_text()) for file in sorted(SCHEMAS.glob("wgpolicyk8s.io_*.yaml")))
    cluster.apply({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name}} for name in namespaces)
    for plural in ("policyreports", "clusterpolicyreports"):
        cluster.wait_until(lambda client, plural=plural: client.get(f"/apis/{OWN}/{plural}").is_success)


def applied(cluster: Cluster, report: Report) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Each object as we wrote it and as the server has it after a strict server-side apply."""
    for made in msgspec.json.decode(render("policyreport", report))["items"]:
        metadata = made["metadata"]
        place = (
            f"namespaces/{metadata['namespace']}/policyreports"
            if "namespace" in metadata
            else "clusterpolicyreports"
        )
        answer = cluster.client.patch(
            f"/apis/{OWN}/{place}/{metadata['name']}",
            params={"fieldManager": "bartizan", "force": "true", "fieldValidation": "Strict"},
            headers={"Content-Type": "application/apply-patch+yaml"},
            content=msgspec.json.encode(made),
        )
        assert answer.is_success, answer.text[:2000]
        yield made, answer.json()


@pytest.mark.parametrize("report", [SCAN, DIFF, *map(spoilt, HOSTILE.values())])
def test_the_server_takes_a_report_and_drops_nothing(cluster: Cluster, report: Report) -> None:
    for made, kept in applied(cluster, report):
        assert kept["results"] == made["results"]
        assert kept["summary"] == made["summary"]
        assert kept["metadata"]["annotations"] == made["metadata"]["annotations"]


def test_the_parts_of_a_large_report_fit_into_etcd(cluster: Cluster) -> None:
    names = [kept["metadata"]["name"] for _, kept in applied(cluster, many(20_000))]

    assert "bartizan-5" in names
