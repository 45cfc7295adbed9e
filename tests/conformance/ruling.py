"""The judge's bench: the suite's own cases against a runner's answers. Imports nothing of bartizan.

The list of cases comes from the suite's files alone. A case without an answer has failed, and so has one with
two; a skip counts only where the judge lets this case be skipped for this reason.
"""

import json
from collections.abc import Callable, Collection, Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

from .answers import Answers, Row
from .equality import equal

Outcome = Literal["passed", "failed", "skipped"]
SHOWN = 300


@dataclass(frozen=True)
class Ruling:
    """What became of one case."""

    case: str
    outcome: Outcome
    reason: str = ""
    """Why it failed; for a skip, the declared reason."""
    waivable: bool = True
    """Whether a waiver may cover the failure: it may not where there is no answer to differ about."""


@dataclass(frozen=True)
class Rulings:
    """All cases of a suite, and what was wrong with the answers beyond any one case."""

    cases: list[Ruling]
    faults: list[str]


@dataclass(frozen=True)
class Law:
    """How a suite's judge decides."""

    objection: Callable[[Any, Any], str]
    """What the suite says, the answer → why the answer fails, or nothing."""
    skips: Callable[[Any], Collection[str]]
    """What the suite says → the reasons for which the case may be skipped."""


def difference(expected: Any, answer: Any) -> str:
    """The objection of a judge that has none of its own: the answer must equal what the suite says."""
    if equal(expected, answer):
        return ""
    return f"expected {_shown(expected)}, got {_shown(answer)}"


def no_skips(_expected: Any) -> Collection[str]:
    """For a judge that lets no case be skipped."""
    return ()


def rule(cases: Iterable[tuple[str, Any]], answers: Answers, law: Law) -> Rulings:
    """Decide every case of the suite.

    Raises:
        ValueError: the judge gives two cases one name.
    """
    known: dict[str, Ruling] = {}
    for name, expected in cases:
        if name in known:
            raise ValueError(f"the judge calls two cases `{name}`")
        known[name] = _ruled(name, expected, answers.rows.get(name, []), law)
    unknown = [name for name in answers.rows if name not in known]
    faults = [*answers.faults, *(f"answered `{name}`, which is no case" for name in unknown)]
    return Rulings(list(known.values()), faults)


def _ruled(name: str, expected: Any, rows: list[Row], law: Law) -> Ruling:
    if not rows:
        return Ruling(name, "failed", "no answer", waivable=False)
    if len(rows) > 1:
        return Ruling(name, "failed", f"answered {len(rows)} times", waivable=False)
    (row,) = rows
    if "skipped" in row:
        return _skipped(name, row["skipped"], law.skips(expected))
    if "error" in row:
        return Ruling(name, "failed", f"error: {row['error']}")
    return _compared(name, expected, row["answer"], law)


def _skipped(name: str, reason: str, declared: Collection[str]) -> Ruling:
    if reason in declared:
        return Ruling(name, "skipped", reason)
    return Ruling(name, "failed", f"may not be skipped: {reason}", waivable=False)


def _compared(name: str, expected: Any, answer: Any, law: Law) -> Ruling:
    try:
        objection = law.objection(expected, answer)
    except Exception as error:  # noqa: BLE001 - an answer of a strange form fails its case, not the judge
        return Ruling(name, "failed", f"unreadable answer: {error!r}", waivable=False)
    return Ruling(name, "failed" if objection else "passed", objection)


def write(rulings: Rulings, file: Path) -> None:
    """Hand the rulings to the frame."""
    file.write_text(json.dumps(asdict(rulings)), encoding="utf-8")


def read(file: Path) -> Rulings:
    """The rulings that a judge handed over."""
    value = json.loads(file.read_text(encoding="utf-8"))
    return Rulings([Ruling(**case) for case in value["cases"]], value["faults"])


def _shown(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= SHOWN else text[:SHOWN] + "…"
