"""How long a scan of a live cluster takes, and how much memory, beside a scan of the same objects in one file.

Run it from the repository's root, after ``make envtest``: ``python -m bench.cluster``; see ``bench/README.md``.
It prints and asserts nothing: a busy machine is no broken build.
"""

import argparse
import statistics
import sys
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2
import msgspec

from bench import measure
from tools.lab.control_plane import ControlPlane, control_plane, missing

SIZES = (500, 5000)
LIMIT = 120.0
SPACE = "bench"
SCAN = (sys.executable, "-m", "bartizan", "scan", "-q", "-o", "json", "--config", "none")


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    case: str
    runs: tuple[measure.Run, ...]

    @property
    def cells(self) -> tuple[str, ...]:
        """As they are printed."""
        return (
            self.case,
            str(len(self.runs)),
            f"{min(run.seconds for run in self.runs):.2f} s",
            f"{statistics.median(run.seconds for run in self.runs):.2f} s",
            f"{statistics.median(run.cpu_seconds for run in self.runs):.2f} s",
            f"{max(run.peak_bytes for run in self.runs) / 1e6:.0f} MB",
            ", ".join(sorted({str(run.status) for run in self.runs})),
        )


def pod(number: int) -> dict[str, Any]:
    """A pod of three kilobytes, as many are."""
    notes = {f"example.com/note-{note}": f"{number} {note} " * 10 for note in range(12)}
    return {
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {"name": f"pod-{number:05}", "namespace": SPACE, "annotations": notes},
        "spec": {"containers": [{"name": "web", "image": "registry.example/web:1"}]},
    }


def fill(client: httpx2.Client, numbers: range) -> None:
    """Make the pods."""
    with ThreadPoolExecutor(8) as pool:
        answers = pool.map(lambda n: client.post(f"/api/v1/namespaces/{SPACE}/pods", json=pod(n)), numbers)
        for answer in answers:
            answer.raise_for_status()


def rows(plane: ControlPlane, client: httpx2.Client, folder: Path, repeat: int) -> Iterator[Row]:
    """For each size: the cluster, then its pods in a file."""
    space = {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": SPACE}}
    client.post("/api/v1/namespaces", json=space).raise_for_status()
    there = 0
    for size in SIZES:
        fill(client, range(there, size))
        there = size
        live = (*SCAN, "--cluster", "--kubeconfig", str(plane.kubeconfig("admin")))
        yield Row(f"{size:,} pods, the cluster", _runs(live, folder, repeat))
        file = folder / f"{size}.json"
        pods = client.get(f"/api/v1/namespaces/{SPACE}/pods").json()["items"]
        items = [{"apiVersion": "v1", "kind": "Pod", **item} for item in pods]
        file.write_bytes(msgspec.json.encode({"apiVersion": "v1", "kind": "List", "items": items}))
        yield Row(
            f"{size:,} pods, a file of {file.stat().st_size / 1e6:.0f} MB",
            _runs((*SCAN, str(file)), folder, repeat),
        )


def _runs(argv: Sequence[str], folder: Path, repeat: int) -> tuple[measure.Run, ...]:
    return tuple(measure.run(argv, folder, LIMIT) for _ in range(repeat))


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, and print one table."""
    parser = argparse.ArgumentParser(prog="python -m bench.cluster", description=__doc__)
    parser.add_argument("--repeat", type=int, default=5, help="runs of each case")
    options = parser.parse_args(arguments)
    if why := missing():
        print(why, file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with control_plane(folder) as plane, plane.client() as client:
            table = [row.cells for row in rows(plane, client, folder, options.repeat)]
    head = ("case", "runs", "best", "median", "cpu", "peak", "status")
    widths = [max(len(line[column]) for line in (head, *table)) for column in range(len(head))]
    for line in (head, *table):
        print("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())
    return 0


if __name__ == "__main__":
    sys.exit(main())
