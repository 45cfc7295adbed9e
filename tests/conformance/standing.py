"""How a suite stands: rulings and waivers put together."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from . import waivers as waiving
from .ruling import Ruling, Rulings
from .waivers import Waiver

Word = Literal["met", "not met", "skipped"]


@dataclass(frozen=True)
class Standing:
    """One row of the table, and one entry of the report."""

    suite: str
    passed: int = 0
    waived: int = 0
    failed: dict[str, str] = field(default_factory=dict)
    """Case → why. Where no list of cases could be had, the reason stands for the cases."""
    skipped: dict[str, int] = field(default_factory=dict)
    faults: tuple[str, ...] = ()
    """What went wrong beyond any one case; each fails the run."""
    waivers: dict[Waiver, int] = field(default_factory=dict)
    """Each waiver in use, and how many cases it covers."""

    @property
    def cases(self) -> int:
        """Cases that were judged; skipped ones are counted apart."""
        return self.passed + self.waived + len(self.failed)

    @property
    def word(self) -> Word:
        """`skipped` where nothing was judged: that is not a pass."""
        if self.failed or self.faults:
            return "not met"
        return "met" if self.cases else "skipped"

    @property
    def entry(self) -> dict[str, Any]:
        """What the report says."""
        return {
            "cases": self.cases,
            "passed": self.passed,
            "waived": self.waived,
            "failed": list(self.failed),
            "skipped": self.skipped,
        }


def absent(suite: str) -> Standing:
    """A suite that the folder of cases does not hold; it counts as one skip."""
    return Standing(suite, skipped={"absent from the folder of cases": 1})


def broken(suite: str, *reasons: str) -> Standing:
    """A suite without a list of cases: the reasons stand as failed cases, so it never reads as passed."""
    return Standing(suite, failed=_as_failed(reasons), faults=reasons)


def stand(suite: str, rulings: Rulings, waivers: Sequence[Waiver], faults: Sequence[str] = ()) -> Standing:
    """Put rulings and waivers together. Faults of the run stand among the failed where no case failed."""
    broke = [*faults, *rulings.faults]
    if not rulings.cases:
        return broken(suite, *(broke or ["the suite holds no case"]))
    failing = [ruling for ruling in rulings.cases if ruling.outcome == "failed"]
    covered = {ruling.case: waiver for ruling in failing if (waiver := _waiver(ruling, waivers))}
    failed = {ruling.case: ruling.reason for ruling in failing if ruling.case not in covered}
    passed = sum(ruling.outcome == "passed" for ruling in rulings.cases)
    excess = waiving.too_many(suite, len(covered), passed + len(failing))
    present = [ruling.case for ruling in rulings.cases]
    stale = waiving.stale(waivers, present, frozenset(ruling.case for ruling in failing))
    return Standing(
        suite,
        passed=passed,
        waived=len(covered),
        failed=failed or _as_failed(broke),
        skipped=dict(Counter(ruling.reason for ruling in rulings.cases if ruling.outcome == "skipped")),
        faults=(*broke, *stale, *([excess] if excess else [])),
        waivers=dict(Counter(covered.values())),
    )


def _as_failed(faults: Iterable[str]) -> dict[str, str]:
    return {f"({fault})": fault for fault in faults}


def _waiver(ruling: Ruling, waivers: Sequence[Waiver]) -> Waiver | None:
    """The first waiver that covers a failure."""
    if not ruling.waivable:
        return None
    return next((waiver for waiver in waivers if waiver.covers(ruling.case)), None)
