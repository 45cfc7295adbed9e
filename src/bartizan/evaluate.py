"""The one bench of judges: reviews in, results out. Pure: no clock, no file, no network.

Scan, admission and audit call the same `evaluate` and differ only in who builds reviews and look-ups
(law 2). What a judge could not see is `skip` or `error`, never `pass` (law 1).
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

import msgspec

from bartizan import exceptions as waiving
from bartizan.case import Case
from bartizan.checks.check import NEWEST_MINOR, Fault
from bartizan.lookups import Inventory, Recorder
from bartizan.model.exception import ExceptionEntry, ExceptionUse
from bartizan.model.finding import Finding, Location
from bartizan.model.path import Path
from bartizan.model.resource import GroupKind, Subject
from bartizan.model.result import VERDICTS, Evaluation, Read, Result, Tally
from bartizan.model.review import Lookups, Review
from bartizan.model.unknown import Unknown
from bartizan.seat import Judge, Said, Seat

_STEP = 250
"""Reviews between two words of progress."""

__all__ = ["Judge", "Settled", "evaluate", "settle"]


def evaluate(
    judges: Sequence[Judge],
    reviews: Sequence[Review],
    lookups: Lookups,
    at: date,
    *,
    exceptions: Sequence[ExceptionEntry] = (),
    minor: int = NEWEST_MINOR,
    keep_passes: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> Evaluation:
    """Every judge on every review that concerns it.

    Args:
        judges: The selected checks. One that has no rule for `minor` is left out.
        reviews: The objects; those that a controller made name their top owner.
        lookups: Answers about everything beyond the object.
        at: The day by which exceptions expire.
        exceptions: Applied here and nowhere else.
        minor: The minor of the Kubernetes version to judge by.
        keep_passes: Whether passing results are kept one by one, and not only counted.
        progress: Told now and then how many of the reviews are done, and how many there are.

    Returns:
        Results in the order of the reviews; findings in the order of files and lines.
    """
    bench = _Bench(judges, lookups, minor, keep_passes=keep_passes)
    # Owners first: what a controller's objects share with their owner is told once, at the owner.
    for done, review in enumerate(sorted(reviews, key=lambda review: review.owner is not None)):
        if progress is not None and done % _STEP == 0:
            progress(done, len(reviews))
        bench.sit(review)
    settled = settle(judges, bench.findings, exceptions, at, minor=minor)
    for check, verdicts in settled.tally.items():
        bench.tally[check] = verdicts
    return Evaluation(
        results=_suppressed(bench.results, settled.findings),
        findings=settled.findings,
        unknowns=tuple(bench.unknowns),
        tally=bench.tally,
        evaluated=len(reviews) - sum(bench.erred.values()),
        erred=dict(bench.erred),
        reads={file: tuple(sorted(reads, key=Read.order)) for file, reads in bench.reads.items()},
    )


class Settled(msgspec.Struct, frozen=True):
    """Findings as the exceptions leave them, with those about the exceptions themselves."""

    findings: tuple[Finding, ...]
    tally: Tally


def settle(
    judges: Sequence[Judge],
    findings: Iterable[Finding],
    exceptions: Sequence[ExceptionEntry],
    at: date,
    *,
    minor: int = NEWEST_MINOR,
) -> Settled:
    """Apply the exceptions, and judge them: the second half of `evaluate`.

    A caller that kept findings from an earlier run settles them again: exceptions and the day may differ.
    An exception whose check is not among the judges is left alone: nobody knows whether it is needed.
    """
    ran = {judge.check.id for judge in judges}
    concerned = [entry for entry in exceptions if entry.spec.target.check in ran]
    left, uses = waiving.apply(tuple(_counted(findings)), concerned, at)
    tally: Tally = {}
    own: list[Finding] = []
    for judge in judges:
        find = judge.check.rule(minor)
        if judge.check.judges == "exception" and find is not None:
            seat = Seat(judge, find, Recorder(Inventory(())), minor)
            faults = [(use, list(find(use, seat.context))) for use in uses]
            own += [_exception_finding(seat, use, fault) for use, found in faults for fault in found]
            tally[seat.id] = dict.fromkeys(VERDICTS, 0)
            tally[seat.id]["fail"] = sum(bool(found) for _, found in faults)
            tally[seat.id]["pass"] = len(faults) - tally[seat.id]["fail"]
    return Settled(tuple(_counted([*left, *own])), tally)


class _Bench:
    """The judges of one run, and what they have said so far."""

    def __init__(self, judges: Sequence[Judge], lookups: Lookups, minor: int, *, keep_passes: bool) -> None:
        self.lookups = Recorder(lookups)
        self.seats = [
            Seat(judge, find, self.lookups, minor) for judge in judges if (find := judge.check.rule(minor))
        ]
        self.keep_passes = keep_passes
        self.results: list[Result] = []
        self.findings: list[Finding] = []
        self.unknowns: list[Unknown] = []
        self.tally: Tally = {seat.id: dict.fromkeys(VERDICTS, 0) for seat in self.seats}
        self.erred: Counter[str] = Counter()
        """Objects on which a judge ended in `error`, by file."""
        self.reads: defaultdict[str, set[Read]] = defaultdict(set)
        self._concerned: dict[tuple[GroupKind, bool], list[Seat]] = {}
        self._told: dict[Subject, set[str]] = {}
        self._in_file: defaultdict[str, set[str]] = defaultdict(set)
        """What was told of the objects of a file."""

    def sit(self, review: Review) -> None:
        """Let every judge that it concerns look at one review."""
        case = Case(review)
        file = case.resource.origin.file
        ill_typed = {problem: None for pod in case.pods for problem in pod.problems}
        errors = 0
        found: dict[str, set[Path]] = {}
        noted: tuple[Read, ...] = ()
        for seat in self._seats(case):
            said = seat.judge(case, ill_typed)
            self.tally[seat.id][said.verdict] += 1
            reads = self.lookups.take()
            if reads and reads is not noted:
                self.reads[file].update(reads)
                noted = reads
            if said.verdict == "pass" and not self.keep_passes:
                continue
            errors += said.verdict == "error"
            if said.reason in ("check-crashed", "lookup-failed"):
                self.unknowns.append(case.not_judged(said.reason, said.message))
            self._record(case, seat, said, reads, self._uncovered(seat, said.faults, found))
        self.unknowns.extend(case.ill_typed(problem) for problem in ill_typed)
        if errors:
            self.erred[file] += 1
        case.close()

    @staticmethod
    def _uncovered(seat: Seat, faults: list[Fault], found: dict[str, set[Path]]) -> list[Fault]:
        """Without those at paths where a check that says more has found something; notes the paths of all."""
        if faults:
            found[seat.id] = {fault.path for fault in faults}
        covered = [found[check] for check in seat.overrides if check in found]
        return (
            [fault for fault in faults if not any(fault.path in paths for paths in covered)] if covered else faults
        )

    def _seats(self, case: Case) -> list[Seat]:
        key = (case.resource.group_kind, bool(case.pods))
        seats = self._concerned.get(key)
        if seats is None:
            seats = [seat for seat in self.seats if seat.concerns(key[0], makes_pods=key[1])]
            self._concerned[key] = seats
        return seats

    def _record(self, case: Case, seat: Seat, said: Said, reads: tuple[Read, ...], faults: list[Fault]) -> None:
        findings = tuple(self._untold(case, [case.finding(seat.weight, fault) for fault in faults]))
        self.findings.extend(findings)
        self.results.append(
            Result(
                judge=seat.id,
                subject=case.subject,
                verdict=said.verdict,
                file=case.resource.origin.file,
                reason=said.reason,
                message=said.message,
                findings=findings,
                reads=reads,
            )
        )

    def _untold(self, case: Case, findings: list[Finding]) -> list[Finding]:
        """Without what was told of the same owner by another of its objects."""
        told = self._told.setdefault(case.subject, set())
        if case.review.owner is not None:
            findings = [finding for finding in findings if finding.fingerprint not in told]
        told.update(finding.fingerprint for finding in findings)
        return self._once_in_file(case, findings)

    def _once_in_file(self, case: Case, findings: list[Finding]) -> list[Finding]:
        """Without what was told of the same object of the same file in another form that renderers gave it."""
        before = self._in_file[case.resource.origin.file]
        if case.resource.origin.rendered:
            findings = [finding for finding in findings if finding.fingerprint not in before]
        before.update(finding.fingerprint for finding in findings)
        return findings


def _exception_finding(seat: Seat, use: ExceptionUse, fault: Fault) -> Finding:
    subject = Subject(use.entry.document.api_version, "Exception", "", use.entry.name)
    return seat.weight.finding(fault, subject, Location(use.entry.file, use.entry.line, 1))


def _counted(findings: Iterable[Finding]) -> Iterable[Finding]:
    """In the order of files and lines, with the occurrence of each fingerprint."""
    order = sorted(findings, key=lambda f: (f.location, f.check, f.fingerprint, f.message))
    seen: dict[str, int] = {}
    for finding in order:
        count = seen.get(finding.fingerprint, 0)
        seen[finding.fingerprint] = count + 1
        yield msgspec.structs.replace(finding, occurrence=count) if count else finding


def _suppressed(results: Sequence[Result], findings: Sequence[Finding]) -> tuple[Result, ...]:
    """Results with their findings as the exceptions left them; wholly excepted ones are skipped."""
    excepted = {_key(finding): finding for finding in findings if finding.exception}
    if not excepted:
        return tuple(results)
    return tuple(_with_exceptions(result, excepted) for result in results)


def _with_exceptions(result: Result, excepted: dict[tuple[Any, ...], Finding]) -> Result:
    findings = tuple(excepted.get(_key(finding), finding) for finding in result.findings)
    if findings == result.findings:
        return result
    if result.verdict == "fail" and all(finding.exception for finding in findings):
        return msgspec.structs.replace(result, findings=findings, verdict="skip", reason="excepted")
    return msgspec.structs.replace(result, findings=findings)


def _key(finding: Finding) -> tuple[Any, ...]:
    return finding.fingerprint, finding.location, finding.message
