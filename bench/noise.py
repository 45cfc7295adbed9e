"""How much a scanner says about a well-kept application, as it is run without any option: findings per workload.

Run it from the repository's root: ``python -m bench.noise``; see ``bench/README.md``.
"""

import os
import re
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from bench import measure
from bench.coverage import LIMIT
from bench.samples import Sample, folder_sample, without_refused
from bench.scan import failure
from bench.scanners import BARTIZAN, ROOT, SCANNERS, Scanner, locate
from tools.lab.cache import Cache, from_environment

APPLICATIONS = {"online-boutique": "kubernetes-manifests", "bookinfo": "platform-kube"}
"""The applications, and the part of each that holds its workloads as plain manifests."""

_WORKLOAD = re.compile(rb"^kind: (?:Deployment|StatefulSet|DaemonSet|Job|CronJob|Pod)\s*$", re.MULTILINE)


def workloads(sample: Sample) -> int:
    """How many workloads the files hold."""
    return sum(len(_WORKLOAD.findall(file.read_bytes())) for file in sample.files)


def findings(scanner: Scanner, options: Sequence[str], sample: Sample, cache: Cache, output: Path) -> int | str:
    """How many findings the scanner reports, or why that cannot be told."""
    found = locate(scanner.name, cache)
    if found.reason:
        return found.reason
    output.mkdir(parents=True)
    run = measure.run([*scanner.scan(found.executable, sample, output), *options], output, LIMIT)
    return failure(run, scanner.good, LIMIT) or scanner.count(output)


def main() -> int:
    """Print a line for each application and scanner."""
    corpus = Path(os.environ.get("BARTIZAN_CORPUS") or ROOT.parent / "shared" / "corpus")
    cache = from_environment()
    for name, part in APPLICATIONS.items():
        folder = corpus / "manifests" / "apps" / name / part
        if not folder.is_dir():
            print(f"{folder} is missing; set BARTIZAN_CORPUS to the folder that holds manifests/", file=sys.stderr)
            continue
        with tempfile.TemporaryDirectory() as scratch:
            whole = folder_sample(folder)
            sample = without_refused(folder_sample(folder.parent), whole.files, Path(scratch) / "sample")
            _print(name, sample, cache, Path(scratch))
    return 0


def _print(name: str, sample: Sample, cache: Cache, scratch: Path) -> None:
    count = workloads(sample)
    print(f"\n# {name}: {len(sample.files)} files, {count} workloads\n")
    rows: list[tuple[Scanner, str, Sequence[str]]] = [(scanner, scanner.name, ()) for scanner in SCANNERS]
    own = next(scanner for scanner in SCANNERS if scanner.name == BARTIZAN)
    rows += [(own, f"{BARTIZAN} --persona {persona}", ("--persona", persona)) for persona in ("strict", "audit")]
    for scanner, title, options in sorted(rows, key=lambda row: row[1]):
        found = findings(scanner, options, sample, cache, scratch / title.replace(" ", "-"))
        if isinstance(found, str):
            print(f"{title:<26} no figures: {found}")
        else:
            print(f"{title:<26} {found:>5} findings  {found / count:>6.1f} per workload")


if __name__ == "__main__":
    sys.exit(main())
