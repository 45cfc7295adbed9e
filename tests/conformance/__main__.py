"""`python -m tests.conformance [SUITE…]`: run the suites, print the table, write the report.

Exit status 0 where no suite failed, 1 where one is not met, 2 for a wrong command line.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from . import suites
from .process import ROOT
from .run import Settings, run, write_report
from .table import remarks, table

SECONDS = 900.0


def main(arguments: Sequence[str] | None = None) -> int:
    """Run what the command line names, or all."""
    parser = _parser()
    options = parser.parse_args(arguments)
    settings = _settings(options)
    runnable = suites.with_code(settings.suites)
    if unknown := sorted(set(options.suite) - set(runnable)):
        write_report((), settings.report)
        parser.error(f"nothing runs {', '.join(unknown)}; choose among {', '.join(runnable)}")
    chosen = [name for name in runnable if name in options.suite or not options.suite]
    without = [] if options.suite else sorted(set(suites.with_cases(settings.cases)) - set(runnable))
    return _told(chosen, without, settings)


def _told(chosen: Sequence[str], without: Sequence[str], settings: Settings) -> int:
    standings = []
    for standing in run(chosen, settings):
        standings.append(standing)
        print(f"{standing.suite}: {standing.word}", file=sys.stderr, flush=True)
    print(table(standings, without))
    for standing in standings:
        if lines := remarks(standing):
            print("", *lines, sep="\n")
    return 1 if any(standing.word == "not met" for standing in standings) else 0


def _settings(options: argparse.Namespace) -> Settings:
    cases = os.environ.get("BARTIZAN_CONFORMANCE") or ROOT.parent / "shared" / "conformance"
    report = os.environ.get("CONFORMANCE_REPORT") or ROOT / "build" / "conformance.json"
    return Settings(
        suites=options.suites.resolve(),
        cases=Path(cases).resolve(),
        report=Path(report).resolve(),
        seconds=options.seconds,
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.conformance", description=__doc__)
    parser.add_argument("suite", nargs="*", help="suites to run; all of them if none is named")
    parser.add_argument(
        "--seconds", type=float, default=SECONDS, help="time limit of each runner and judge (%(default)g)"
    )
    parser.add_argument(
        "--suites", type=Path, default=Path(__file__).parent, help="folder of runners and judges (this one)"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
