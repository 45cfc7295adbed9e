"""From read files to a report: what scan and diff have in common."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import partial
from hashlib import sha256

import msgspec

import bartizan
from bartizan.app.configuration import suggestion
from bartizan.app.selection import Selection
from bartizan.checks.check import Check
from bartizan.evaluate import Judge, evaluate
from bartizan.lookups import Inventory, Unread
from bartizan.model.exception import ExceptionEntry
from bartizan.model.finding import CONFIDENCES, SEVERITIES, Finding, Severity
from bartizan.model.owner import Owners
from bartizan.model.report import Coverage, Header, Rule
from bartizan.model.resource import Resource
from bartizan.model.result import Evaluation
from bartizan.model.review import Review
from bartizan.model.unknown import Unknown
from bartizan.sources.manifests import FileReading

Progress = Callable[[str, int, int], None]
"""Told now and then: what is being done, how much of it, out of how much (0 where unknown)."""

NOT_UNREAD = frozenset({"ill-typed-field", "check-crashed", "lookup-failed", "unreadable-exception"})
"""Unknowns about an object that was read, or about none: all others stand for something in scope."""


def silent(_what: str, _done: int, _total: int) -> None:
    """No progress is shown."""


class Rules(msgspec.Struct, frozen=True, kw_only=True):
    """What a run judges by."""

    selection: Selection
    judges: tuple[Judge, ...]
    exceptions: tuple[ExceptionEntry, ...]
    fail_on: Severity
    at: date

    @property
    def digest(self) -> str:
        """Equal digests judge alike: engine, checks, parameters, severities, version, exceptions."""
        parts = [self.judging_text, self.selection.level or ""]
        parts += [msgspec.json.encode(entry.document).decode() for entry in self.exceptions]
        return "sha256:" + sha256("\n".join(parts).encode()).hexdigest()[:16]

    @property
    def judging_text(self) -> str:
        """What verdicts before exceptions depend on, beside objects: engine, checks, parameters, version."""
        judges = [
            f"{judge.check.id} {judge.severity or ''} {msgspec.json.encode(judge.params).decode()}"
            for judge in self.judges
        ]
        return "\n".join((bartizan.__version__, str(self.selection.minor), *judges))

    def header(self, verb: str, inputs: Sequence[str], **more: str) -> Header:
        """The report's first lines."""
        return Header(
            version=bartizan.__version__,
            verb=verb,  # type: ignore[arg-type] # the callers say scan and diff
            policy_set=self.digest,
            kubernetes_version=f"1.{self.selection.minor}",
            level=self.selection.level or "",
            persona=self.selection.persona,
            fail_on=self.fail_on,
            as_of=self.at.isoformat(),
            inputs=tuple(inputs),
            **more,
        )


class Material(msgspec.Struct, frozen=True, kw_only=True):
    """What was read, before it is judged."""

    readings: tuple[FileReading, ...]
    unknowns: tuple[Unknown, ...] = ()
    counts: Counter[str] = Counter()
    files: int = 0
    unread: tuple[Unread, ...] = ()
    """What was not read although it may be there: look-ups tell nobody that it is not."""

    @property
    def resources(self) -> tuple[Resource, ...]:
        """Every object, in the order of files."""
        return tuple(resource for reading in self.readings for resource in reading.resources)


def judge(
    material: Material, rules: Rules, *, keep_passes: bool = False, progress: Progress = silent
) -> Evaluation:
    """Every object under the rules."""
    resources = material.resources
    owners = Owners(resources)
    reviews = [Review(resource, owner=owners.top(resource)) for resource in resources]
    return evaluate(
        rules.judges,
        reviews,
        Inventory(resources, material.unread),
        rules.at,
        exceptions=rules.exceptions,
        minor=rules.selection.minor,
        keep_passes=keep_passes,
        progress=partial(progress, "judging"),
    )


def coverage(material: Material, evaluation: Evaluation) -> Coverage:
    """How much was looked at."""
    unknowns = gathered_unknowns(material, evaluation)
    counts = Counter(material.counts)
    for reading in material.readings:
        counts.update(reading.counts)
    resources = material.resources
    owners = Owners(resources)
    return Coverage(
        files=material.files,
        objects=len(resources),
        evaluated=evaluation.evaluated,
        in_scope=len(resources) + sum(unknown.code not in NOT_UNREAD for unknown in unknowns),
        folded=sum(owners.top(resource) is not None for resource in resources),
        not_objects={name: counts[name] for name in sorted(counts)},
    )


def gathered_unknowns(material: Material, evaluation: Evaluation) -> tuple[Unknown, ...]:
    """All unknowns of a run, each once, by file and line."""
    read = (unknown for reading in material.readings for unknown in reading.unknowns)
    return tuple(sorted({*material.unknowns, *read, *evaluation.unknowns}))


def ranked(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Worst and surest first; then by place."""
    return tuple(
        sorted(
            findings,
            key=lambda finding: (
                SEVERITIES.index(finding.severity),
                CONFIDENCES.index(finding.confidence),
                finding.location,
                finding.check,
                finding.fingerprint,
                finding.occurrence,
                finding.change or "",
            ),
        )
    )


def told_rules(judges: Iterable[Judge]) -> tuple[Rule, ...]:
    """The judges as reports tell them, by id."""
    return tuple(
        Rule(
            id=judge.check.id,
            title=judge.check.title,
            severity=judge.severity or judge.check.severity,
            persona=judge.check.persona,
            documentation=judge.check.documentation,
            references=judge.check.references,
        )
        for judge in sorted(judges, key=lambda judge: judge.check.id)
    )


_UNJUDGED = {
    "policy": "policies",
    "vulnerability": "vulnerabilities",
    "control": "controls",
    "mandate": "mandates",
}
"""What an exception may be for and no judge tells yet, and how a sentence calls it."""


def known_targets(
    entries: Iterable[ExceptionEntry], checks: Iterable[Check]
) -> tuple[tuple[ExceptionEntry, ...], tuple[Unknown, ...]]:
    """The exceptions of known checks; one for anything else is an Unknown, never silently unused."""
    ids = [check.id for check in checks]
    known, unknowns = [], []
    for entry in entries:
        if message := _useless(entry, ids):
            unknowns.append(
                Unknown(file=entry.file, line=entry.line, column=1, code="unreadable-exception", message=message)
            )
        else:
            known.append(entry)
    return tuple(known), tuple(unknowns)


def _useless(entry: ExceptionEntry, ids: list[str]) -> str:
    """Why an exception can suppress nothing; empty where it can."""
    target = entry.spec.target
    for field, what in _UNJUDGED.items():
        if getattr(target, field):
            return f"nothing judges {what} yet, so exception `{entry.name}` suppresses nothing"
    if target.check not in ids:
        return f"exception `{entry.name}` names no check: `{target.check}`{suggestion(target.check, ids)}"
    return ""
