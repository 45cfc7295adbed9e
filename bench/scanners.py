"""The scanners that the benchmark runs: where each is found, and its command line for a sample.

Every command works without a network: what it would fetch (rules, severities, news of a newer version) is
switched off, and the rules that ship inside the program are used.
"""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bench.samples import Sample
from tools.lab.cache import Cache
from tools.lab.programs import PEERS, Program

ROOT = Path(__file__).resolve().parent.parent

CommandLine = Callable[[str, Sample, Path], list[str]]
"""Executable, sample and scratch folder in; the command line out."""


@dataclass(frozen=True)
class Scanner:
    """A program and how to ask it for the findings of a sample, as JSON."""

    name: str
    scan: CommandLine
    version: tuple[str, ...]
    """Arguments that make it say its version."""
    good: frozenset[int]
    """Exit statuses of a run that went through, with findings or without."""
    refusal: str = ""
    """What it says when one unreadable file made it give up on all of them; empty for one that never does."""


@dataclass(frozen=True)
class Found:
    """Where a scanner is, or why it cannot be run."""

    executable: str = ""
    origin: str = ""
    reason: str = ""


def _bartizan(executable: str, sample: Sample, scratch: Path) -> list[str]:
    return [executable, "scan", str(sample.folder), "-o", f"json={scratch / 'bartizan.json'}"]


def _checkov(executable: str, sample: Sample, scratch: Path) -> list[str]:
    quiet = ["--quiet", "--compact", "--skip-download"]
    output = ["-o", "json", "--output-file-path", str(scratch / "checkov")]
    return [executable, "--framework", "kubernetes", "-d", str(sample.folder), *quiet, *output]


def _kube_score(executable: str, sample: Sample, scratch: Path) -> list[str]:
    del scratch  # it writes to standard output only
    return [executable, "score", "--output-format", "json", *(str(file) for file in sample.files)]


def _trivy(executable: str, sample: Sample, scratch: Path) -> list[str]:
    offline = ["--skip-check-update", "--skip-version-check", "--disable-telemetry"]
    # Its own time limit is five minutes; the benchmark has one for everybody.
    limits = ["--timeout", "24h", "--cache-dir", str(scratch / "trivy-cache")]
    output = ["--quiet", "--format", "json", "--output", str(scratch / "trivy.json")]
    return [
        executable,
        "config",
        "--misconfig-scanners",
        "kubernetes",
        *offline,
        *limits,
        *output,
        str(sample.folder),
    ]


def _kubescape(executable: str, sample: Sample, scratch: Path) -> list[str]:
    output = ["--format", "json", "--output", str(scratch / "kubescape.json")]
    return [executable, "scan", str(sample.folder), "--keep-local", *output]


def _kube_linter(executable: str, sample: Sample, scratch: Path) -> list[str]:
    del scratch  # it writes to standard output only
    return [executable, "lint", "--format", "json", str(sample.folder)]


def _polaris(executable: str, sample: Sample, scratch: Path) -> list[str]:
    output = ["--format", "json", "--output-file", str(scratch / "polaris.json")]
    return [executable, "audit", "--audit-path", str(sample.folder), *output]


BARTIZAN = "bartizan"
SCANNERS = (
    Scanner(BARTIZAN, _bartizan, ("--version",), frozenset({0, 1, 3})),
    Scanner("checkov", _checkov, ("--version",), frozenset({0, 1}), refusal="Failed to run check"),
    Scanner("kube-score", _kube_score, ("version",), frozenset({0, 1}), refusal="Failed to score files"),
    Scanner("trivy", _trivy, ("--version",), frozenset({0})),
    Scanner("kubescape", _kubescape, ("version",), frozenset({0, 1})),
    Scanner("kube-linter", _kube_linter, ("version",), frozenset({0, 1})),
    Scanner("polaris", _polaris, ("version",), frozenset({0})),
)


def locate(name: str, cache: Cache) -> Found:
    """Find a scanner: ours in the development environment, the lab's in its cache, any other on PATH."""
    if name == BARTIZAN:
        return _in_development(ROOT / ".venv" / "bin" / BARTIZAN)
    for program in PEERS:
        if program.name == name:
            return _in_lab(program, cache)
    on_path = shutil.which(name)
    return Found(on_path, "from PATH") if on_path else Found(reason="not on PATH")


def _in_development(executable: Path) -> Found:
    if executable.is_file():
        return Found(str(executable), "working tree")
    return Found(reason=f"no {executable.relative_to(ROOT)}; run `make dev`")


def _in_lab(program: Program, cache: Cache) -> Found:
    if cache.has(program):
        return Found(str(cache.executable(program)), program.version)
    return Found(reason=f"not built; run `python -m tools.lab peers {program.name}`")
