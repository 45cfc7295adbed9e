"""Who reports what: for each class of risk, the files in which each scanner finds it, on the same inputs.

Run it from the repository's root: ``python -m bench.coverage``; see ``bench/README.md``.
A class is one of our checks; `tools/reference/peers.toml` tells which of the peers' checks belong to it.
"""

import argparse
import os
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bartizan.app import plugins
from bench import measure
from bench.reported import READERS, Reports, regular, reported
from bench.samples import Sample, SampleMissingError, corpus_sample, folder_sample, without_refused
from bench.scan import accepted, failure, refused
from bench.scanners import BARTIZAN, ROOT, SCANNERS, Found, Scanner, locate
from tools.lab.cache import Cache, from_environment
from tools.reference.peers import peers

LIMIT = 1800.0
"""Seconds for one scanner on one sample."""
REGULAR = "regular"
"""The column of what Bartizan tells who asks for nothing in particular; its own column is of every persona."""


@dataclass(frozen=True)
class Row:
    """One class of risk."""

    check: str
    files: Mapping[str, frozenset[str]]
    """By scanner: the files in which it found the class."""
    missed: frozenset[str]
    """Files in which a peer finds it, and we report nothing that answers the peer's check."""


def rows(found: Mapping[str, Reports]) -> list[Row]:
    """The classes that anybody found, by name."""
    known = peers()
    own = frozenset(found.get(BARTIZAN, frozenset()))
    classes: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    missed: dict[str, set[str]] = defaultdict(set)
    for scanner, reports in found.items():
        ours_alone = scanner in (BARTIZAN, REGULAR)
        for check, file in reports:
            names = (check,) if ours_alone else known[scanner].ours(check)
            answered = any((name, file) in own for name in (*names, *_louder(names)))
            for name in names:
                classes[name][scanner].add(file)
                if not answered:
                    missed[name].add(file)
    return [
        Row(check, {name: frozenset(files) for name, files in by.items()}, frozenset(missed[check]))
        for check, by in sorted(classes.items())
    ]


def _louder(names: Iterable[str]) -> list[str]:
    """Our checks that say more of the same field: where they find something, these are silent."""
    overrides = {check.id: check.overrides for check in plugins.checks()}
    found = [louder for name in names for louder in overrides.get(name, ())]
    return [*found, *_louder(found)] if found else []


def unmapped(found: Mapping[str, Reports]) -> dict[str, Counter[str]]:
    """For each peer, its checks that no class has, with the number of files."""
    known = peers()
    return {
        scanner: Counter(check for check, _ in reports if not known[scanner].ours(check))
        for scanner, reports in found.items()
        if scanner in known
    }


def table(made: Sequence[Row], scanners: Sequence[str]) -> str:
    """The classes as aligned text: how many files each scanner names, and how many we miss."""
    lines = [["class", *scanners, "missed"]]
    for row in made:
        counts = [str(len(row.files[name])) if name in row.files else "-" for name in scanners]
        lines.append([row.check, *counts, str(len(row.missed) or "")])
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join(
        f"{line[0]:<{widths[0]}}  "
        + "  ".join(f"{cell:>{width}}" for cell, width in zip(line[1:], widths[1:], strict=True))
        for line in lines
    )


class Sitting:
    """Every scanner on one sample."""

    def __init__(self, sample: Sample, cache: Cache, folder: Path) -> None:
        self.sample = sample
        self.cache = cache
        self.folder = folder

    def run(self, scanner: Scanner) -> tuple[dict[str, Reports], str]:
        """What the scanner reports, by column, or why that cannot be told."""
        found = locate(scanner.name, self.cache)
        if found.reason or scanner.name not in READERS:
            return {}, found.reason or "its output is not read here"
        sample = self._taken(scanner, found)
        output = self._output(scanner)
        argv = scanner.scan(found.executable, sample, output)
        run = measure.run([*argv, *_EVERY_PERSONA.get(scanner.name, ())], output, LIMIT)
        if reason := failure(run, scanner.good, LIMIT):
            return {}, reason
        columns = {scanner.name: reported(scanner.name, output, sample.folder)}
        if scanner.name == BARTIZAN:
            columns[REGULAR] = regular(output, sample.folder)
        left = len(self.sample.files) - len(sample.files)
        return columns, f"{left} files left out, which it refuses" if left else ""

    def _taken(self, scanner: Scanner, found: Found) -> Sample:
        """The sample without the files that make the scanner give up on all of them."""
        if not scanner.refusal:
            return self.sample
        part = self.folder / "part"

        def accepts(files: tuple[Path, ...]) -> bool:
            argv = scanner.scan(found.executable, without_refused(self.sample, files, part), self._output(scanner))
            return not refused(scanner, measure.run(argv, self._output(scanner), LIMIT))

        return without_refused(self.sample, accepted(self.sample.files, accepts), part)

    def _output(self, scanner: Scanner) -> Path:
        output = self.folder / "out" / scanner.name
        output.mkdir(parents=True, exist_ok=True)
        return output


_EVERY_PERSONA: Mapping[str, Sequence[str]] = {BARTIZAN: ("--persona", "audit", "--config", "none")}


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table of each sample."""
    options = _parser().parse_args(arguments)
    scanners = [scanner for scanner in SCANNERS if not options.only or scanner.name in options.only]
    for title, applications in (("five applications", True), ("1,000 documents", False)):
        with tempfile.TemporaryDirectory() as scratch:
            try:
                sample = _sample(Path(scratch) / "sample", applications=applications)
            except SampleMissingError as error:
                print(f"{title}: {error}", file=sys.stderr)
                continue
            _print(title, Sitting(sample, from_environment(), Path(scratch)), scanners, missed=options.missed)
    return 0


def _sample(folder: Path, *, applications: bool) -> Sample:
    corpus = Path(os.environ.get("BARTIZAN_CORPUS") or ROOT.parent / "shared" / "corpus")
    if not applications:
        return corpus_sample(1000, corpus, folder)
    apps = corpus / "manifests" / "apps"
    if not apps.is_dir():
        raise SampleMissingError(f"{apps} is missing; set BARTIZAN_CORPUS to the folder that holds manifests/")
    folder.mkdir()
    everything = folder_sample(apps)
    return without_refused(everything, tuple(f for f in everything.files if _is_plain(f)), folder / "apps")


def _is_plain(file: Path) -> bool:
    """Whether it is no chart template, which some scanners render, some refuse and some pass over."""
    return not {"helm-chart", "pwnchart", "metadata-db", "templates"} & set(file.parts)


def _print(title: str, sitting: Sitting, scanners: Sequence[Scanner], *, missed: bool) -> None:
    print(f"\n# {title}: {len(sitting.sample.files)} files; the figures are files with a finding of the class\n")
    found: dict[str, Reports] = {}
    for scanner in scanners:
        columns, note = sitting.run(scanner)
        found |= columns
        if note:
            print(f"{scanner.name}: {note}")
    made = rows(found)
    print("\n" + table(made, list(found)))
    for scanner_name, checks in unmapped(found).items():
        told = ", ".join(f"{check} ({count})" for check, count in sorted(checks.items())) or "nothing"
        print(f"\nOnly {scanner_name}, and declined in tools/reference/peers.toml: {told}")
    for row in made if missed else ():
        for file in sorted(row.missed):
            print(f"missed {row.check} {file}")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.coverage", description="Who reports what.")
    parser.add_argument("--missed", action="store_true", help="list the files that a peer names and we do not")
    parser.add_argument("--only", action="append", metavar="SCANNER", help="only this scanner; may be repeated")
    return parser


if __name__ == "__main__":
    sys.exit(main())
