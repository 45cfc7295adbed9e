"""A conformance run: every suite's runner, then its judge, then the report."""

import json
import shutil
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from . import process, ruling, waivers
from .child import RULINGS
from .standing import Standing, absent, broken, stand
from .suites import module_name

CHILD = f"{__package__}.child"


@dataclass(frozen=True)
class Settings:
    """Where a run reads and writes."""

    suites: Path
    """Runners, judges and waivers: one folder a suite."""
    cases: Path
    report: Path
    seconds: float
    """The time limit of each child process."""

    def work(self, suite: str) -> Path:
        """Where a suite's answers, rulings and logs are left for a person to read."""
        return self.report.with_name(f"{self.report.stem}-answers") / suite


def run(names: Sequence[str], settings: Settings) -> Iterator[Standing]:
    """Each suite's standing as soon as it is known.

    The report is written first with every suite failed as unfinished, and again after each suite: whatever
    ends the run, no earlier report survives it and no suite in it reads better than it stood.
    """
    standings = {name: broken(name, "unfinished") for name in names}
    write_report(standings.values(), settings.report)
    for name in names:
        standings[name] = _standing(name, settings)
        write_report(standings.values(), settings.report)
        yield standings[name]


def write_report(standings: Iterable[Standing], file: Path) -> None:
    """Write the report whole or not at all."""
    file.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps({standing.suite: standing.entry for standing in standings}, indent=1)
    new = file.with_name(f"{file.name}.new")
    new.write_text(text + "\n", encoding="utf-8")
    new.replace(file)


def _standing(suite: str, settings: Settings) -> Standing:
    cases = settings.cases / suite
    if not cases.is_dir():
        return absent(suite)
    out = settings.work(suite)
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    faults = _child("runner", suite, settings)
    judged = _child("judge", suite, settings)
    if judged or not (out / RULINGS).is_file():
        return broken(suite, *faults, *(judged or ["judge: wrote no rulings"]))
    waived: tuple[waivers.Waiver, ...] = ()
    try:
        waived = waivers.read(settings.suites / module_name(suite) / "waivers.toml")
    except waivers.WaiverError as error:
        faults.append(str(error))
    return stand(suite, ruling.read(out / RULINGS), waived, faults)


def _child(part: str, suite: str, settings: Settings) -> list[str]:
    """Run one part of a suite; what went wrong."""
    out = settings.work(suite)
    arguments = (part, suite, settings.suites, settings.cases / suite, out)
    fault = process.run(CHILD, arguments, out / f"{part}.log", settings.seconds)
    return [f"{part}: {fault}"] if fault else []
