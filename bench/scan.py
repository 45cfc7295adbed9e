"""How long a scan takes, and how much memory: Bartizan and its peers on the same files, in one table.

Run it from the repository's root: ``python -m bench.scan``; see ``bench/README.md``.
Bars are printed beside the figures and never asserted: a busy machine is no broken build.
"""

import argparse
import json
import os
import platform
import shutil
import statistics
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from bench import measure
from bench.samples import Sample, SampleMissingError, corpus_sample, single_file_sample, without_refused
from bench.scanners import BARTIZAN, ROOT, SCANNERS, Found, Scanner, locate
from tools.lab.cache import Cache, from_environment

VERSION, ONE_FILE, THOUSAND, TEN_THOUSAND = "--version", "one file", "1,000 documents", "10,000 documents"
GROWTH = "growth 1,000 to 10,000"

BARS = {VERSION: 0.060, ONE_FILE: 0.150, THOUSAND: 1.0, TEN_THOUSAND: 6.0}
"""Seconds that Bartizan's median should stay within on two cores."""
GROWTH_BAR = 10.0
"""Ten times the documents should cost at most ten times the time."""

LONG = 10.0
"""A first run of this many seconds is the only one; of a shorter one it is the warm-up."""

Files = tuple[Path, ...]


@dataclass(frozen=True)
class Row:
    """One line of the table: what a program cost in a case, or the reason why we cannot say."""

    case: str
    program: str
    runs: int = 0
    best: float | None = None
    median: float | None = None
    cpu: float | None = None
    peak: float | None = None
    """Megabytes; in a row about growth it is a ratio, as the times are."""
    findings: int | None = None
    """How many it reported, as a sign that it did the work; rules differ, so more is not better."""
    ratio: float | None = None
    """Median as a multiple of Bartizan's in the same case."""
    bar: float | None = None
    note: str = ""

    @property
    def met(self) -> bool | None:
        """Whether the median is within the bar; None without a bar or a figure."""
        return None if self.bar is None or self.median is None else self.median <= self.bar


def summary(case: str, program: str, runs: Sequence[measure.Run], findings: int | None = None) -> Row:
    """The row of runs that went through."""
    seconds = [run.seconds for run in runs]
    return Row(
        case,
        program,
        runs=len(runs),
        best=min(seconds),
        median=statistics.median(seconds),
        cpu=statistics.median(run.cpu_seconds for run in runs),
        peak=max(run.peak_bytes for run in runs) / 1e6,
        findings=findings,
        bar=BARS[case] if program == BARTIZAN else None,
    )


def failure(run: measure.Run, good: frozenset[int], limit: float) -> str:
    """Why a run's figures mean nothing, or the empty string."""
    if run.timed_out:
        return f"timed out after {limit:.0f} s"
    if run.status not in good:
        return f"ended with status {run.status}: {run.last_words[:120] or 'no message'}"
    return ""


def findings_of(scanner: Scanner, output: Path) -> tuple[int | None, str]:
    """How many findings a run wrote, or why its figures mean nothing.

    A crash can end with the status of a run with findings, and an input that was passed over costs no time.
    Every sample has faults that each scanner knows, so a run without findings did not do the work.
    """
    try:
        findings = scanner.count(output)
    except (OSError, ValueError, LookupError, TypeError) as error:
        return None, f"no readable findings in its output: {type(error).__name__}"
    return findings, "" if findings else "found nothing, so it did not look"


def refused(scanner: Scanner, run: measure.Run) -> bool:
    """Whether the scanner gave up on all files because of one."""
    return bool(scanner.refusal) and scanner.refusal in run.stderr


def accepted(files: Files, accepts: Callable[[Files], bool]) -> Files:
    """The files that a program takes, found by halving, for one that a single bad file makes refuse all."""
    if not files or accepts(files):
        return files
    if len(files) == 1:
        return ()
    middle = len(files) // 2
    return accepted(files[:middle], accepts) + accepted(files[middle:], accepts)


def with_ratios(rows: Sequence[Row]) -> list[Row]:
    """The rows, each with its median as a multiple of Bartizan's in the same case."""
    ours = {row.case: row.median for row in rows if row.program == BARTIZAN and row.median}
    return [
        replace(row, ratio=row.median / ours[row.case]) if row.median is not None and row.case in ours else row
        for row in rows
    ]


def growth(rows: Sequence[Row]) -> list[Row]:
    """For each program measured at both sizes: how many times more the larger one cost."""
    small, large = ({row.program: row for row in rows if row.case == case} for case in (THOUSAND, TEN_THOUSAND))
    return [_grown(small[name], large[name]) for name in small if name in large]


def _grown(small: Row, large: Row) -> Row:
    bar = GROWTH_BAR if small.program == BARTIZAN else None
    if small.median is None or large.median is None:
        return Row(GROWTH, small.program, bar=bar, note="not measured at both sizes")
    return Row(
        GROWTH,
        small.program,
        best=_times(large.best, small.best),
        median=_times(large.median, small.median),
        cpu=_times(large.cpu, small.cpu),
        peak=_times(large.peak, small.peak),
        bar=bar,
    )


def _times(large: float | None, small: float | None) -> float | None:
    return large / small if large is not None and small else None


@dataclass(frozen=True)
class Outcome:
    """A run, why its figures mean nothing (else empty), and how much it found."""

    run: measure.Run
    reason: str
    findings: int | None = None


@dataclass(frozen=True)
class Bench:
    """One sitting: how often and how long everything may run, and where it may write."""

    repeat: int
    limit: float
    scratch: Path

    def row(self, case: str, scanner: Scanner, found: Found, sample: Sample | None) -> Row:
        """Measure one scanner in one case; without a sample it is asked for its version."""
        if found.reason:
            return Row(case, scanner.name, note=found.reason)
        if sample is None:
            argv = [found.executable, *scanner.version]
            return self._measured(case, scanner.name, lambda: self._asked(argv))
        taken = self._readable(scanner, found, sample) if scanner.refusal else sample
        left_out = len(sample.files) - len(taken.files)
        note = f"without {left_out} files that it refuses" if left_out else ""
        row = self._measured(case, scanner.name, lambda: self._scanned(scanner, found, taken))
        return row if row.note else replace(row, note=note)

    def _readable(self, scanner: Scanner, found: Found, sample: Sample) -> Sample:
        part = self.scratch / "part"

        def accepts(files: Files) -> bool:
            argv = scanner.scan(found.executable, without_refused(sample, files, part), self._fresh_output())
            return not refused(scanner, measure.run(argv, self._output, self.limit))

        return without_refused(sample, accepted(sample.files, accepts), part)

    def _measured(self, case: str, name: str, once: Callable[[], Outcome]) -> Row:
        """Run once for the warm-up and then as often as wanted; the first failure is the row."""
        outcomes: list[Outcome] = []
        while len(outcomes) <= self.repeat:
            outcomes.append(once())
            if outcomes[-1].reason:
                return Row(case, name, note=outcomes[-1].reason)
            if outcomes[0].run.seconds >= LONG:
                break
        return summary(case, name, [outcome.run for outcome in outcomes[1:] or outcomes], outcomes[0].findings)

    def _asked(self, argv: list[str]) -> Outcome:
        run = measure.run(argv, self._fresh_output(), self.limit)
        return Outcome(run, failure(run, frozenset({0}), self.limit))

    def _scanned(self, scanner: Scanner, found: Found, sample: Sample) -> Outcome:
        output = self._fresh_output()
        run = measure.run(scanner.scan(found.executable, sample, output), output, self.limit)
        if reason := failure(run, scanner.good, self.limit):
            return Outcome(run, reason)
        findings, reason = findings_of(scanner, output)
        return Outcome(run, reason, findings)

    @property
    def _output(self) -> Path:
        return self.scratch / "output"

    def _fresh_output(self) -> Path:
        """An empty folder, so that no run is credited with what an earlier one wrote."""
        shutil.rmtree(self._output, ignore_errors=True)
        self._output.mkdir()
        return self._output


HEADINGS = (
    "case",
    "program",
    "runs",
    "best",
    "median",
    "cpu",
    "peak",
    "findings",
    "x bartizan",
    "bar",
    "met",
    "note",
)
_TEXT_COLUMNS = {0, 1, 10, 11}


def table(rows: Sequence[Row]) -> str:
    """All rows as one table of text, columns aligned."""
    cells = [HEADINGS, *(_cells(row) for row in rows)]
    widths = [max(len(line[column]) for line in cells) for column in range(len(HEADINGS))]
    return "\n".join(_line(line, widths) for line in cells)


def _cells(row: Row) -> tuple[str, ...]:
    unit, memory = (" x", " x") if row.case == GROWTH else (" s", " MB")
    met = {None: "", True: "yes", False: "no"}[row.met]
    return (
        row.case,
        row.program,
        str(row.runs or ""),
        *(_figure(value, unit) for value in (row.best, row.median, row.cpu)),
        _figure(row.peak, memory),
        "-" if row.findings is None else str(row.findings),
        _figure(row.ratio, " x"),
        _figure(row.bar, unit),
        met,
        row.note,
    )


def _figure(value: float | None, unit: str) -> str:
    """Three digits, whatever the size, so that no figure looks more exact than it is."""
    if value is None:
        return "-"
    digits = 0 if value >= 100 else 1 if value >= 10 else 2 if value >= 1 else 3  # noqa: PLR2004
    return f"{value:.{digits}f}{unit}"


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    padded = (
        cell.ljust(width) if column in _TEXT_COLUMNS else cell.rjust(width)
        for column, (cell, width) in enumerate(zip(cells, widths, strict=True))
    )
    return "  ".join(padded).rstrip()


def machine(bench: Bench) -> dict[str, str | int | float]:
    """What the figures were measured on."""
    nothing = measure.run([sys.executable, "-I", "-S", "-c", ""], bench.scratch, bench.limit)
    return {
        "system": platform.platform(),
        "cores": os.cpu_count() or 0,
        "python": platform.python_version(),
        "empty_python_seconds": nothing.seconds,
        "empty_python_peak_mb": nothing.peak_bytes / 1e6,
    }


def measured_rows(bench: Bench, scanners: Sequence[Scanner], cache: Cache, corpus: Path) -> list[Row]:
    """Every case for every scanner, then the growth of each."""
    rows = []
    for case, sample in cases(corpus, bench.scratch / "samples"):
        for scanner in scanners:
            print(f"{case}: {scanner.name}", file=sys.stderr, flush=True)
            rows.append(bench.row(case, scanner, locate(scanner.name, cache), sample))
    return [*with_ratios(rows), *growth(rows)]


def cases(corpus: Path, folder: Path) -> list[tuple[str, Sample | None]]:
    """What is measured, with the samples laid out below ``folder``."""
    # A small file in which every scanner finds something; see findings_of.
    manifest = ROOT / "examples" / "harbor-market" / "operations" / "runtime-log-tap.yaml"
    return [
        (VERSION, None),
        (ONE_FILE, single_file_sample(manifest, folder / "one")),
        (THOUSAND, corpus_sample(1000, corpus, folder / "1000")),
        (TEN_THOUSAND, corpus_sample(10000, corpus, folder / "10000")),
    ]


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print the table, and write the figures where asked; 2 when a sample cannot be had."""
    options = _parser().parse_args(arguments)
    cache = from_environment()
    chosen = [scanner for scanner in SCANNERS if scanner.name in (options.only or _names())]
    with tempfile.TemporaryDirectory(prefix="bartizan-bench-") as scratch:
        bench = Bench(options.repeat, options.limit, Path(scratch))
        about = machine(bench)
        try:
            rows = measured_rows(bench, chosen, cache, options.corpus)
        except SampleMissingError as error:
            print(f"error: {error}", file=sys.stderr)
            return 2
    programs = {scanner.name: found.origin for scanner in chosen if (found := locate(scanner.name, cache)).origin}
    print("\n".join([*_header(about, programs), "", table(rows)]))
    if options.output:
        options.output.write_text(_document(about, programs, rows), encoding="utf-8")
    return 0


def _header(about: dict[str, str | int | float], programs: dict[str, str]) -> list[str]:
    return [
        f"{about['system']}, {about['cores']} cores, Python {about['python']}",
        f"an empty Python: {about['empty_python_seconds']:.3f} s, {about['empty_python_peak_mb']:.1f} MB",
        ", ".join(f"{name} {origin}" for name, origin in programs.items()),
    ]


def _document(about: dict[str, str | int | float], programs: dict[str, str], rows: Sequence[Row]) -> str:
    figures = [asdict(row) | {"met": row.met} for row in rows]
    return (
        json.dumps({"machine": about, "programs": programs, "rows": figures}, indent=2, ensure_ascii=False) + "\n"
    )


def _names() -> list[str]:
    return [scanner.name for scanner in SCANNERS]


def _output(text: str) -> Path:
    form, separator, name = text.partition("=")
    if form != "json" or not separator or not name:
        raise argparse.ArgumentTypeError(f"{text!r} is not json=FILE")
    return Path(name)


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be at least 1")
    return number


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.scan", description="Time scans beside the peers'.")
    corpus = Path(os.environ.get("BARTIZAN_CORPUS") or ROOT.parent / "shared" / "corpus")
    parser.add_argument("--only", action="append", choices=_names(), help="measure only this program (repeatable)")
    parser.add_argument("--repeat", type=_positive, default=5, metavar="N", help="runs of a short command (5)")
    parser.add_argument(
        "--limit", type=_positive, default=900, metavar="S", help="seconds that a run may take (900)"
    )
    parser.add_argument("--corpus", type=Path, default=corpus, metavar="DIR", help="where the samples are")
    parser.add_argument(
        "-o", dest="output", type=_output, metavar="json=FILE", help="write the figures as JSON too"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
