"""The verdict of one judge on one subject."""

from typing import Literal

import msgspec

from bartizan.model.finding import Finding
from bartizan.model.resource import Subject
from bartizan.model.unknown import Unknown

Verdict = Literal["pass", "fail", "warn", "skip", "error"]
VERDICTS: tuple[Verdict, ...] = ("pass", "fail", "warn", "skip", "error")


class Read(msgspec.Struct, frozen=True):
    """One question a judge asked beyond its object, for evidence and re-evaluation."""

    group: str
    kind: str
    namespace: str | None
    """None for all namespaces."""
    name: str = ""
    """Empty for all objects of the kind."""

    def order(self) -> tuple[str, str, bool, str, str]:
        """What it is sorted by: None and a name cannot be compared."""
        return self.group, self.kind, self.namespace is not None, self.namespace or "", self.name


class Result(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`judge` on `subject`, with the findings of a failure and the reason of a skip or an error."""

    judge: str
    subject: Subject
    verdict: Verdict
    file: str = ""
    reason: str = ""
    """For skip and error: a kebab-case word, such as `not-evaluable-here`, `ill-typed-field`."""
    message: str = ""
    findings: tuple[Finding, ...] = ()
    reads: tuple[Read, ...] = ()


Tally = dict[str, dict[Verdict, int]]
"""How often each judge answered each verdict."""


class Evaluation(msgspec.Struct, frozen=True, kw_only=True):
    """What came of judging all reviews."""

    results: tuple[Result, ...]
    """Without the passing ones, unless they were asked for."""
    findings: tuple[Finding, ...]
    """Of the failing results and of the exceptions themselves, suppressed ones included, unsorted."""
    unknowns: tuple[Unknown, ...]
    tally: Tally
    evaluated: int
    """Objects on which no judge ended in `error`."""
    erred: dict[str, int] = {}
    """The other objects, by file."""
    reads: dict[str, tuple[Read, ...]] = {}
    """What was asked beyond the objects of each file: the verdicts hold as long as the answers do."""
