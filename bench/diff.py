"""How long `bartizan diff` takes on a change of 20 files among 6,000 manifests, and how much memory.

Run it from the repository's root: ``python -m bench.diff``; see ``bench/README.md``.
Bars are printed beside the figures and never asserted: a busy machine is no broken build.
"""

import argparse
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bench import measure
from bench.samples import SampleMissingError, corpus_sample
from bench.scanners import ROOT

MANIFESTS, CHANGED = 6000, 20
COLD, WARM, NONE = "cold: an empty cache", "warm: run before", "without a cache"
BARS = {COLD: 1.5, WARM: 0.4}
"""Seconds that the median should stay within on two cores."""
LIMIT = 120.0

IMAGE = re.compile(rb"image: .*")

_GIT = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
    **{f"GIT_{who}_NAME": "bench" for who in ("AUTHOR", "COMMITTER")},
    **{f"GIT_{who}_EMAIL": "bench@example.com" for who in ("AUTHOR", "COMMITTER")},
    **{f"GIT_{who}_DATE": "1750000000 +0000" for who in ("AUTHOR", "COMMITTER")},
}


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    case: str
    runs: tuple[measure.Run, ...]
    cache: float
    """Megabytes on the disk after a run."""

    @property
    def cells(self) -> tuple[str, ...]:
        """As they are printed."""
        times = [run.seconds for run in self.runs]
        median, bar = statistics.median(times), BARS.get(self.case)
        return (
            self.case,
            str(len(times)),
            f"{min(times):.3f} s",
            f"{median:.3f} s",
            f"{statistics.median(run.cpu_seconds for run in self.runs):.3f} s",
            f"{max(run.peak_bytes for run in self.runs) / 1e6:.0f} MB",
            f"{self.cache:.1f} MB",
            "" if bar is None else f"{bar:.1f} s",
            "" if bar is None else "yes" if median <= bar else "no",
        )


HEADINGS = ("case", "runs", "best", "median", "cpu", "peak", "cache", "bar", "met")


def table(rows: Sequence[Row]) -> str:
    """All rows as one table of text, columns aligned."""
    lines = [HEADINGS, *(row.cells for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEADINGS))]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if column else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(line, widths, strict=True))
        )
        for line in lines
    )


def repository(corpus: Path, scratch: Path) -> Path:
    """A repository of two commits: the manifests, and a change of some of them; packed, as a clone is."""
    files = corpus_sample(10_000, corpus, scratch / "sample").files
    root = scratch / "repository"
    kept = [
        file
        for number, file in enumerate(files)
        if number * MANIFESTS // len(files) != (number - 1) * MANIFESTS // len(files)
    ]
    for file in kept:
        place = root / file.relative_to(scratch / "sample")
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(file, place)
    _git(root, "init", "--quiet", "--initial-branch=main")
    _commit(root)
    images = [file for file in sorted(root.rglob("*.yaml")) if b"image: " in file.read_bytes()]
    for file in images[:: len(images) // CHANGED][:CHANGED]:
        file.write_bytes(IMAGE.sub(b"image: changed.example/app:latest", file.read_bytes(), count=1))
    _commit(root)
    _git(root, "repack", "-a", "-d", "--quiet")
    return root


def _commit(root: Path) -> None:
    _git(root, "add", "--all")
    _git(root, "commit", "--quiet", "--message=state")


def _git(root: Path, *arguments: str) -> None:
    subprocess.run(["git", "-C", str(root), *arguments], check=True, env={**os.environ, **_GIT})


class Bench:
    """One sitting over one repository."""

    def __init__(self, root: Path, scratch: Path, repeat: int) -> None:
        self.root = root
        self.scratch = scratch
        self.repeat = repeat
        self.reports: set[bytes] = set()
        self._caches = 0

    def rows(self) -> list[Row]:
        """Every case."""
        cold = [self._run(self._fresh()) for _ in range(self.repeat)]
        cache = self._fresh()
        self._run(cache)
        warm = [self._run(cache) for _ in range(self.repeat)]
        without = [self._run(cache, "--no-cache") for _ in range(self.repeat)]
        size = sum(file.stat().st_size for file in cache.iterdir()) / 1e6
        return [Row(COLD, tuple(cold), size), Row(WARM, tuple(warm), size), Row(NONE, tuple(without), 0.0)]

    def _fresh(self) -> Path:
        self._caches += 1
        return self.scratch / f"cache-{self._caches}"

    def _run(self, cache: Path, *more: str) -> measure.Run:
        output = self.scratch / "output"
        output.mkdir(exist_ok=True)
        report = output / "report.json"
        os.environ["BARTIZAN_CACHE"] = str(cache)
        command = [sys.executable, "-m", "bartizan", "diff", "HEAD~1..HEAD", "-o", f"json={report}", *more]
        here = Path.cwd()
        os.chdir(self.root)
        try:
            run = measure.run(command, output, LIMIT)
        finally:
            os.chdir(here)
        if run.status not in (0, 1, 3):
            raise SystemExit(f"the diff ended with status {run.status}: {run.last_words}")
        self.reports.add(report.read_bytes())
        return run


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print the table; 2 when the sample cannot be had."""
    parser = argparse.ArgumentParser(prog="python -m bench.diff", description=__doc__.splitlines()[0])
    corpus = Path(os.environ.get("BARTIZAN_CORPUS") or ROOT.parent / "shared" / "corpus")
    parser.add_argument("--repeat", type=int, default=5, metavar="N", help="runs of each case (5)")
    parser.add_argument("--corpus", type=Path, default=corpus, metavar="DIR", help="where the samples are")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="bartizan-bench-") as scratch:
        try:
            root = repository(options.corpus, Path(scratch))
        except SampleMissingError as error:
            print(f"error: {error}", file=sys.stderr)
            return 2
        bench = Bench(root, Path(scratch), options.repeat)
        rows = bench.rows()
    print(f"{CHANGED} changed files among {MANIFESTS} manifests\n\n{table(rows)}")
    print(f"\nequal bytes: {'yes' if len(bench.reports) == 1 else 'no'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
