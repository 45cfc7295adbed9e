"""What runs in a process of its own: one suite's runner, or one suite's judge.

`python -m tests.conformance.child runner|judge SUITE SUITES CASES OUT`
"""

import importlib
import sys
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

from . import answers, ruling
from .suites import module_name

ANSWERS = "answers.jsonl"
RULINGS = "rulings.json"


def run(suite: str, suites: Path, cases: Path, out: Path) -> None:
    """Let the runner write its answers."""
    module = _load(suite, suites, "runner")
    answers.write(module.answers(cases), out / ANSWERS)


def judge(suite: str, suites: Path, cases: Path, out: Path) -> None:
    """Let the judge compare, and prove that it did so by itself."""
    module = _load(suite, suites, "judge")
    law = ruling.Law(
        objection=getattr(module, "objection", ruling.difference),
        skips=getattr(module, "skips", ruling.no_skips),
    )
    rulings = ruling.rule(module.cases(cases), answers.read(out / ANSWERS), law)
    if own := sorted(name for name in sys.modules if name.partition(".")[0] == "bartizan"):
        raise ImportError(f"a judge imports nothing of bartizan, but {own[0]} is loaded")
    ruling.write(rulings, out / RULINGS)


def _load(suite: str, suites: Path, part: str) -> ModuleType:
    """A suite's module, from the folder of suites that the frame names."""
    package = importlib.import_module(str(__package__))
    package.__path__.insert(0, str(suites))
    return importlib.import_module(f"{package.__name__}.{module_name(suite)}.{part}")


def main(arguments: Sequence[str]) -> None:
    """Do one part of one suite."""
    part, suite, *folders = arguments
    suites, cases, out = map(Path, folders)
    {"runner": run, "judge": judge}[part](suite, suites, cases, out)


if __name__ == "__main__":
    main(sys.argv[1:])
