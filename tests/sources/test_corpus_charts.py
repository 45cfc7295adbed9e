"""Real charts: what they make is what helm makes of them, object by object; what cannot be rendered is told."""

import csv
import os
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from bartizan.sources.blob import Blob
from bartizan.sources.chart import Release
from bartizan.sources.files import DiskFiles
from bartizan.sources.helm import Chart, render_charts
from bartizan.sources.manifests import read_manifest
from bartizan.sources.rendered import Rendering, rendered_reading
from tests.cli.terminal import scan
from tests.sources.rendering_files import needs_helm

CORPUS = Path(os.environ.get("BARTIZAN_CORPUS") or Path(__file__).parents[3] / "shared/corpus")
LIST = CORPUS / "charts.csv"

pytestmark = [
    needs_helm,
    pytest.mark.skipif(not LIST.exists(), reason=f"{LIST} is missing; set BARTIZAN_CORPUS to its folder"),
]


def rows() -> list[dict[str, str]]:
    """The charts of the corpus."""
    with LIST.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def made() -> dict[str, Rendering]:
    """All of them, rendered as the corpus has them, in one child."""
    place = DiskFiles(CORPUS / "charts", [CORPUS / "charts"])
    charts = []
    for row in rows():
        name = row["chart"]
        files = {file.removeprefix(f"{name}/"): data for file, data in place.read(place.below(name).ids).items()}
        charts.append(Chart(name, files, (Release(name="demo", namespace="demo"),), 33))
    return {chart.folder: rendering for chart, rendering in zip(charts, render_charts(charts), strict=True)}


def objects(rendering: Rendering, chart: str) -> list[dict[str, Any]]:
    """What was made, and the custom resource definitions that are judged in their own files."""
    found = [
        resource.raw
        for file, pieces in rendering.pieces.items()
        for resource in rendered_reading(file, pieces, "").resources
    ]
    for file in sorted((CORPUS / "charts" / chart).rglob("crds/**/*.y*ml")):
        if "templates" not in file.relative_to(CORPUS).parts:
            found += [item.raw for item in read_manifest(Blob(file.name, file.read_bytes())).resources]
    return found


def by_content(raw: dict[str, Any]) -> bytes:
    return msgspec.json.encode(raw, order="deterministic")


def by_name(raw: dict[str, Any]) -> bytes:
    """For charts that make keys and certificates anew each time."""
    metadata = raw["metadata"]
    return repr((raw["apiVersion"], raw["kind"], metadata.get("namespace"), metadata["name"])).encode()


@pytest.mark.parametrize("row", [row for row in rows() if row["expect"] == "renders"] if LIST.exists() else [])
def test_a_chart_makes_what_helm_makes_of_it(row: dict[str, str], made: dict[str, Rendering]) -> None:
    rendering = made[row["chart"]]
    expected = read_manifest(
        Blob("rendered", (CORPUS / "charts-rendered" / f"{row['chart']}.yaml").read_bytes())
    ).resources
    key: Callable[[dict[str, Any]], bytes] = by_content if row["deterministic"] == "true" else by_name
    assert Counter(map(key, objects(rendering, row["chart"]))) == Counter(key(item.raw) for item in expected)
    assert (len(expected), rendering.problems, rendering.whole) == (int(row["objects"]), (), True)


REASONS = {"value-required": "helm cannot render it with its defaults", "missing-dependency": "nothing is fetched"}


@pytest.mark.parametrize("row", [row for row in rows() if row["expect"] == "incomplete"] if LIST.exists() else [])
def test_a_chart_that_cannot_be_rendered_is_never_clean(row: dict[str, str], made: dict[str, Rendering]) -> None:
    (problem,) = made[row["chart"]].problems
    assert REASONS[row["reason"]] in problem
    answer = scan(CORPUS / "charts" / row["chart"], "--fail-on", "critical", "--check", "privileged-container")
    assert answer.unknowns == [("Chart.yaml", "needs-rendering")]
    assert answer.status == 3
