"""What a verb tells: everything a report format may show, and nothing it would have to work out."""

from typing import Literal

import msgspec

from bartizan.model.finding import Change, Finding, Persona, Severity
from bartizan.model.result import Result, Tally
from bartizan.model.unknown import Unknown

FORMAT_VERSION = "bartizan.report/v1"


class Rule(msgspec.Struct, frozen=True, kw_only=True):
    """A judge that took part, as its documentation tells it."""

    id: str
    title: str
    severity: Severity
    """After remapping by the configuration."""
    persona: Persona
    documentation: str
    """Markdown."""
    references: tuple[str, ...] = ()


class Header(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """Who judged what, by which rules, as of when."""

    version: str
    """Of the engine."""
    verb: Literal["scan", "diff"]
    policy_set: str
    """Digest of checks, parameters, configuration and exceptions: equal digests judge alike."""
    kubernetes_version: str
    """`1.37`."""
    level: str = ""
    persona: Persona
    fail_on: Severity
    as_of: str
    """ISO date by which exceptions were judged."""
    inputs: tuple[str, ...]
    base: str = ""
    """For a diff: the commit it starts from."""
    head: str = ""


class Coverage(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """How much of what is in scope was looked at."""

    files: int
    """Files read."""
    objects: int
    """Kubernetes objects found in them."""
    evaluated: int
    """Objects on which every judge gave a verdict other than `error`."""
    in_scope: int
    """Objects, and one for each thing that could not be read."""
    folded: int = 0
    """Objects that a controller made, told under their owner."""
    not_objects: dict[str, int] = {}
    """Documents that are no Kubernetes objects, by what they are: counted, not judged, not unknown."""


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """The outcome of a scan or a diff."""

    header: Header
    coverage: Coverage
    rules: tuple[Rule, ...]
    """By id."""
    findings: tuple[Finding, ...]
    """Ranked: worst first. Suppressed ones are among them (`exception` is set)."""
    unknowns: tuple[Unknown, ...]
    """By file and line."""
    results: tuple[Result, ...]
    """Errors and skips; passes too where they were asked for. Failures are in `findings`."""
    tally: Tally
    changes: dict[Change, int] = {}
    """For a diff: how many findings of each change; `findings` holds all but the unchanged ones."""
    exit_status: int = 0
    """The same in every format."""
    gate: str = ""
    """One sentence: why the exit status is what it is."""


def active(report: Report) -> tuple[Finding, ...]:
    """The findings that count: neither suppressed nor fixed."""
    return tuple(f for f in report.findings if not f.exception and f.change != "fixed")
