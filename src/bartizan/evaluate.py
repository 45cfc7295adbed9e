"""The one bench of judges: reviews in, results out. Pure: no clock, no file, no network.

Scan, admission and audit call the same `evaluate` and differ only in who builds reviews and look-ups
(law 2). What a judge could not see is `skip` or `error`, never `pass` (law 1).
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import msgspec

from bartizan import exceptions as waiving
from bartizan.checks.check import NEWEST_MINOR, CannotTell, Check, Context, Fault, Find
from bartizan.lookups import Inventory, Recorder
from bartizan.model.exception import ExceptionEntry
from bartizan.model.finding import Finding, Location, Persona, Severity
from bartizan.model.fingerprint import fingerprint
from bartizan.model.path import Path, get, keyed
from bartizan.model.path_text import render_path
from bartizan.model.resource import GroupKind, Resource, Subject
from bartizan.model.result import VERDICTS, Evaluation, Read, Result, Tally, Verdict
from bartizan.model.review import Lookups, Review
from bartizan.model.shape import IllTyped, IllTypedField
from bartizan.model.unknown import Unknown
from bartizan.model.workload import TEMPLATES, Container, PodView, pod_views


class Judge(msgspec.Struct, frozen=True, eq=False):
    """A check as one run uses it."""

    check: Check
    params: Any
    severity: Severity | None = None
    """Replaces every severity that the check would give."""
    persona: Persona | None = None


def evaluate(
    judges: Sequence[Judge],
    reviews: Sequence[Review],
    lookups: Lookups,
    at: date,
    *,
    exceptions: Sequence[ExceptionEntry] = (),
    minor: int = NEWEST_MINOR,
    keep_passes: bool = False,
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

    Returns:
        Results in the order of the reviews; findings in the order of files and lines.
    """
    bench = _Bench(judges, lookups, minor, keep_passes=keep_passes)
    # Owners first: what a controller's objects share with their owner is told once, at the owner.
    for review in sorted(reviews, key=lambda review: review.owner is not None):
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
        reads={file: tuple(sorted(reads)) for file, reads in bench.reads.items()},
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
            seat = _Seat(judge, find, Recorder(Inventory(())), minor)
            faults = [(use, list(find(use, seat.context))) for use in uses]
            own += [_exception_finding(seat, use, fault) for use, found in faults for fault in found]
            tally[seat.id] = dict.fromkeys(VERDICTS, 0)
            tally[seat.id]["fail"] = sum(bool(found) for _, found in faults)
            tally[seat.id]["pass"] = len(faults) - tally[seat.id]["fail"]
    return Settled(tuple(_counted([*left, *own])), tally)


class _Case(msgspec.Struct, frozen=True, eq=False):
    """A review with what the judges share: the pods are viewed once."""

    review: Review
    pods: tuple[PodView, ...]
    subject: Subject

    @property
    def resource(self) -> Resource:
        return self.review.object


class _Bench:
    """The judges of one run, and what they have said so far."""

    def __init__(self, judges: Sequence[Judge], lookups: Lookups, minor: int, *, keep_passes: bool) -> None:
        self.lookups = Recorder(lookups)
        self.seats = [
            _Seat(judge, find, self.lookups, minor) for judge in judges if (find := judge.check.rule(minor))
        ]
        self.keep_passes = keep_passes
        self.results: list[Result] = []
        self.findings: list[Finding] = []
        self.unknowns: list[Unknown] = []
        self.tally: Tally = {seat.id: dict.fromkeys(VERDICTS, 0) for seat in self.seats}
        self.erred: Counter[str] = Counter()
        """Objects on which a judge ended in `error`, by file."""
        self.reads: defaultdict[str, set[Read]] = defaultdict(set)
        self._concerned: dict[tuple[GroupKind, bool], list[_Seat]] = {}
        self._told: dict[Subject, set[str]] = {}

    def sit(self, review: Review) -> None:
        """Let every judge that it concerns look at one review."""
        case = _case(review)
        ill_typed = {problem: None for pod in case.pods for problem in pod.problems}
        errors = 0
        found: dict[str, set[Path]] = {}
        for seat in self._seats(case):
            verdict, reason, message, faults = seat.judge(case, ill_typed)
            if faults:
                found[seat.id] = {fault.path for fault in faults}
            if seat.overrides and faults:
                covered = set().union(*(found.get(check, ()) for check in seat.overrides))
                faults = [fault for fault in faults if fault.path not in covered]
            self.tally[seat.id][verdict] += 1
            reads = self.lookups.take() if seat.check.needs else ()
            if reads:
                self.reads[case.resource.origin.file].update(reads)
            if verdict == "pass" and not self.keep_passes:
                continue
            errors += verdict == "error"
            if reason in ("check-crashed", "lookup-failed"):
                self.unknowns.append(_not_judged(case, reason, message))
            self._record(case, seat, faults, verdict=verdict, reason=reason, message=message, reads=reads)
        self.unknowns.extend(_ill_typed(case, problem) for problem in ill_typed)
        if errors:
            self.erred[case.resource.origin.file] += 1
        for pod in case.pods:
            pod.__dict__.clear()  # a pod and its containers hold each other; nobody needs them any more

    def _seats(self, case: _Case) -> list["_Seat"]:
        key = (case.resource.group_kind, bool(case.pods))
        seats = self._concerned.get(key)
        if seats is None:
            seats = self._concerned[key] = [seat for seat in self.seats if seat.concerns(*key)]
        return seats

    def _record(self, case: _Case, seat: "_Seat", faults: list[Fault], **said: Any) -> None:
        findings = tuple(self._untold(case, [_finding(seat, case, fault) for fault in faults]))
        self.findings.extend(findings)
        self.results.append(
            Result(
                judge=seat.id,
                subject=case.subject,
                file=case.resource.origin.file,
                findings=findings,
                **said,
            )
        )

    def _untold(self, case: _Case, findings: list[Finding]) -> list[Finding]:
        """Without what was told of the same owner by another of its objects."""
        told = self._told.setdefault(case.subject, set())
        if case.review.owner is not None:
            findings = [finding for finding in findings if finding.fingerprint not in told]
        told.update(finding.fingerprint for finding in findings)
        return findings


class _Seat:
    """One judge, ready: its rule for the version, its context, whether the door answers its needs."""

    def __init__(self, judge: Judge, find: Find, lookups: Recorder, minor: int) -> None:
        self.check = judge.check
        self.id = judge.check.id
        self.find = find
        self.severity = judge.severity
        self.persona = judge.persona or judge.check.persona
        self.overrides = judge.check.overrides
        self.context = Context(lookups, judge.params, minor)
        self.missing = tuple(need for need in judge.check.needs if not lookups.supplies(need))

    def concerns(self, group_kind: GroupKind, makes_pods: bool) -> bool:
        judges = self.check.judges
        if judges == "object":
            return not self.check.kinds or group_kind in self.check.kinds
        return judges in ("container", "pod") and makes_pods

    def judge(self, case: _Case, ill_typed: dict[IllTyped, None]) -> tuple[Verdict, str, str, list[Fault]]:
        """Verdict, reason, message and faults. An error in one container hides nothing of the others."""
        if self.missing:
            return "skip", "not-evaluable-here", f"needs {', '.join(self.missing)}", []
        faults: list[Fault] = []
        troubles: list[Exception] = []
        for subject in self._subjects(case, troubles):
            try:
                faults.extend(self.find(subject, self.context))
            except Exception as error:  # noqa: BLE001 - a crashed check is a verdict, and the others go on
                troubles.append(error)
        ill_typed.update((error.problem, None) for error in troubles if isinstance(error, IllTypedField))
        if troubles:
            return *_trouble(self.id, troubles), faults
        return ("fail" if faults else "pass"), "", "", faults

    def _subjects(self, case: _Case, troubles: list[Exception]) -> Iterable[Container | PodView | Resource]:
        judges = self.check.judges
        if judges == "object":
            yield case.resource
        for pod in case.pods if judges != "object" else ():
            try:
                yield from pod.containers if judges == "container" else (pod,)
            except IllTypedField as error:
                troubles.append(error)


def _trouble(check: str, troubles: list[Exception]) -> tuple[Verdict, str, str]:
    """Verdict, reason and message of the first error, else of the first skip."""
    told: list[tuple[Verdict, str, str]] = []
    for error in troubles:
        if isinstance(error, IllTypedField):
            told.append(("error", "ill-typed-field", str(error)))
        elif isinstance(error, CannotTell):
            skips = error.reason == "not-evaluable-here"
            told.append(("skip" if skips else "error", error.reason, str(error)))
        else:
            told.append(("error", "check-crashed", f"{check}: {type(error).__name__} in {_place_of(error)}"))
    return min(told, key=lambda said: said[0] != "error")


def _place_of(error: Exception) -> str:
    """Where it was raised. Its text may quote what it stumbled over, so that is not told."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_globals.get('__name__')}:{trace.tb_lineno}" if trace else "an unknown place"


def _case(review: Review) -> _Case:
    subject = review.owner or review.object.subject
    return _Case(review, pod_views(review.object), subject)


def _finding(seat: _Seat, case: _Case, fault: Fault) -> Finding:
    subject = case.subject
    container = fault.container or _container_at(case, fault.path)
    if container:
        subject = msgspec.structs.replace(subject, container=container)
    identity = _identity_path(case, fault.path)
    value = None if fault.secret else get(case.resource.raw, fault.path)
    return Finding(
        check=seat.id,
        subject=subject,
        severity=seat.severity or fault.severity or seat.check.severity,
        confidence=seat.check.confidence,
        persona=seat.persona,
        message=fault.message,
        location=locate(case.resource, fault.path),
        path=fault.path,
        keyed_path=identity,
        value=value if isinstance(value, str | int | float | bool) else None,
        evidence=fault.evidence,
        fix=fault.fix,
        fingerprint=fingerprint(seat.id, case.subject, identity, fault.evidence),
    )


def _container_at(case: _Case, path: Path) -> str:
    """The name of the container that holds `path`."""
    for pod in case.pods:
        depth = len(pod.path) + 3
        if len(path) >= depth and path[: depth - 2] == pod.spec_path and "ontainers" in str(path[depth - 2]):
            name = get(case.resource.raw, (*path[:depth], "name"))
            return name if isinstance(name, str) else ""
    return ""


def _identity_path(case: _Case, path: Path) -> str:
    """The keyed path; for an object that a controller made, as if it stood in the owner's template."""
    owner = case.review.owner
    raw = case.resource.raw
    if owner is None or not case.pods:
        return keyed(path, raw)
    start = case.pods[0].path
    if path[: len(start) + 1] not in ((*start, "metadata"), (*start, "spec")):
        return keyed(path, raw)
    template = TEMPLATES.get(GroupKind(owner.api_version.rpartition("/")[0], owner.kind), start)
    return ".".join((*map(str, template), keyed(path[len(start) :], get(raw, start) if start else raw)))


def locate(resource: Resource, path: Path) -> Location:
    """Where `path` stands in the resource's file."""
    span = resource.span(path)
    if span is None:
        return Location(resource.origin.file)
    return Location(resource.origin.file, span.line, span.column, span.end_line, span.end_column)


def _ill_typed(case: _Case, problem: IllTyped) -> Unknown:
    location = locate(case.resource, problem.path)
    return Unknown(
        file=location.file,
        line=location.line,
        column=location.column,
        code="ill-typed-field",
        message=f"`{render_path(problem.path)}` should be {problem.wanted} but is {problem.found}: "
        "the API server would refuse it, and checks that need it could not judge",
        subject=case.resource.subject.title,
    )


def _not_judged(case: _Case, code: str, message: str) -> Unknown:
    location = locate(case.resource, ())
    return Unknown(
        file=location.file,
        line=location.line,
        column=location.column,
        code=code,
        message=message,
        subject=case.subject.title,
    )


def _exception_finding(seat: _Seat, use: waiving.ExceptionUse, fault: Fault) -> Finding:
    subject = Subject(use.entry.document.api_version, "Exception", "", use.entry.name)
    return Finding(
        check=seat.id,
        subject=subject,
        severity=seat.severity or fault.severity or seat.check.severity,
        confidence=seat.check.confidence,
        persona=seat.persona,
        message=fault.message,
        location=Location(use.entry.file, use.entry.line, 1),
        path=fault.path,
        evidence=fault.evidence,
        fingerprint=fingerprint(seat.id, subject, "", fault.evidence),
    )


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
