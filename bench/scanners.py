"""The scanners that the benchmark runs: where each is found, and its command line for a sample.

Every command works without a network: what it would fetch (rules, severities, news of a newer version) is
switched off, and the rules that ship inside the program are used.
"""

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.samples import Sample
from tools.lab.cache import Cache
from tools.lab.programs import PEERS, Program

ROOT = Path(__file__).resolve().parent.parent

CommandLine = Callable[[str, Sample, Path], list[str]]
"""Executable, sample and the folder for its output in; the command line out."""


@dataclass(frozen=True)
class Scanner:
    """A program and how to ask it for the findings of a sample, as JSON."""

    name: str
    scan: CommandLine
    count: Callable[[Path], int]
    """The number of findings in what it wrote into the folder; raises when that is not what we know."""
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


def _bartizan(executable: str, sample: Sample, folder: Path) -> list[str]:
    return [executable, "scan", str(sample.folder), "-o", f"json={folder / 'bartizan.json'}"]


def _checkov(executable: str, sample: Sample, folder: Path) -> list[str]:
    quiet = ["--quiet", "--compact", "--skip-download"]
    output = ["-o", "json", "--output-file-path", str(folder / "checkov")]
    return [executable, "--framework", "kubernetes", "-d", str(sample.folder), *quiet, *output]


def _kube_score(executable: str, sample: Sample, folder: Path) -> list[str]:
    del folder  # it writes to standard output only
    return [executable, "score", "--output-format", "json", *(str(file) for file in sample.files)]


def _trivy(executable: str, sample: Sample, folder: Path) -> list[str]:
    offline = ["--skip-check-update", "--skip-version-check", "--disable-telemetry"]
    # Its own time limit is five minutes; the benchmark has one for everybody.
    limits = ["--timeout", "24h", "--cache-dir", str(folder / "trivy-cache")]
    output = ["--quiet", "--format", "json", "--output", str(folder / "trivy.json")]
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


def _kubescape(executable: str, sample: Sample, folder: Path) -> list[str]:
    output = ["--format", "json", "--output", str(folder / "kubescape.json")]
    return [executable, "scan", str(sample.folder), "--keep-local", *output]


def _kube_linter(executable: str, sample: Sample, folder: Path) -> list[str]:
    del folder  # it writes to standard output only
    return [executable, "lint", "--format", "json", str(sample.folder)]


def _polaris(executable: str, sample: Sample, folder: Path) -> list[str]:
    output = ["--format", "json", "--output-file", str(folder / "polaris.json")]
    return [executable, "audit", "--audit-path", str(sample.folder), *output]


def _load(file: Path) -> Any:
    """A scanner's JSON; of ours and theirs only the few fields below are read."""
    return json.loads(file.read_bytes())


def _bartizan_findings(output: Path) -> int:
    return sum(_load(output / "bartizan.json")["summary"]["severities"].values())


def _checkov_findings(output: Path) -> int:
    return int(_load(output / "checkov" / "results_json.json")["summary"]["failed"])


def _kube_score_findings(output: Path) -> int:
    all_well = 10
    checks = (check for judged in _load(output / "stdout") for check in judged["checks"])
    return sum(not check["skipped"] and check["grade"] < all_well for check in checks)


def _trivy_findings(output: Path) -> int:
    results = _load(output / "trivy.json")["Results"]
    return sum(len(result.get("Misconfigurations") or ()) for result in results)


def _kubescape_findings(output: Path) -> int:
    return len(_load(output / "kubescape.json")["results"])


def _kube_linter_findings(output: Path) -> int:
    return len(_load(output / "stdout")["Reports"] or ())


def _polaris_findings(output: Path) -> int:
    return len(_load(output / "polaris.json")["Results"])


BARTIZAN = "bartizan"
SCANNERS = (
    Scanner(BARTIZAN, _bartizan, _bartizan_findings, ("--version",), frozenset({0, 1, 3})),
    Scanner(
        "checkov",
        _checkov,
        _checkov_findings,
        ("--version",),
        frozenset({0, 1}),
        refusal="Failed to run check",
    ),
    Scanner(
        "kube-score",
        _kube_score,
        _kube_score_findings,
        ("version",),
        frozenset({0, 1}),
        refusal="Failed to score files",
    ),
    Scanner("trivy", _trivy, _trivy_findings, ("--version",), frozenset({0})),
    Scanner("kubescape", _kubescape, _kubescape_findings, ("version",), frozenset({0, 1})),
    Scanner("kube-linter", _kube_linter, _kube_linter_findings, ("version",), frozenset({0, 1})),
    Scanner("polaris", _polaris, _polaris_findings, ("version",), frozenset({0})),
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
