"""The wire types of `bartizan.report/v1`: what a program may rely on. They only ever grow.

The JSON Schema in `data/schemas/report-v1.schema.json` is made from these types; a test holds them equal.
"""

from typing import Annotated, Any, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from bartizan.model.finding import Change, Confidence, Persona, Severity
from bartizan.model.result import Verdict

Count = Annotated[int, Meta(ge=0)]
Position = Annotated[int, Meta(ge=1)]


class _Wire(Struct, frozen=True, rename="camel"):
    """Fields are written in camel case; those that do not apply are left out."""


class Subject(_Wire, frozen=True, kw_only=True):
    """The object that a result is about."""

    api_version: Annotated[str, Meta(description="The object's apiVersion.")]
    kind: Annotated[str, Meta(description="The object's kind.")]
    namespace: Annotated[
        str | UnsetType, Meta(description="Absent for cluster-wide objects and where none is written.")
    ] = UNSET
    name: Annotated[str, Meta(description="metadata.name, or metadata.generateName followed by `*`.")]
    container: Annotated[str | UnsetType, Meta(description="The container, where the result is about one.")] = (
        UNSET
    )


class Location(_Wire, frozen=True):
    """A place in a file. Lines and columns count from 1 and are absent where unknown."""

    file: Annotated[str, Meta(description="Relative to the scanned root, `/`-separated; `-` is standard input.")]
    line: Annotated[Position | UnsetType, Meta(description="First line, from 1.")] = UNSET
    column: Annotated[Position | UnsetType, Meta(description="First column, from 1.")] = UNSET
    end_line: Annotated[Position | UnsetType, Meta(description="Last line, from 1.")] = UNSET
    end_column: Annotated[Position | UnsetType, Meta(description="The column after the last one.")] = UNSET


class Op(_Wire, frozen=True):
    """One step of a fix."""

    op: Annotated[
        Literal["set", "append", "remove"],
        Meta(
            description="`set` writes the value and makes missing mappings on its way; `append` adds it to "
            "a list and makes a missing one; `remove` deletes what stands there."
        ),
    ]
    path: Annotated[str, Meta(description="JSON pointer (RFC 6901) from the object's root.")]
    value: Annotated[Any, Meta(description="What to write; absent for `remove`.")] = UNSET


class Result(_Wire, frozen=True, kw_only=True):
    """What one check says about one object: a finding, or why there is none."""

    check: Annotated[str, Meta(description="The check's id.")]
    subject: Annotated[Subject, Meta(description="The object that the result is about.")]
    verdict: Annotated[
        Verdict,
        Meta(
            description="`fail` is a finding; `skip` was suppressed or cannot be judged here; `error` should "
            "have been judged and could not; `warn` is a policy's own warning; `pass` is clean or fixed."
        ),
    ]
    reason: Annotated[
        str | UnsetType,
        Meta(description="For skip, error and fixed: a kebab-case word such as `excepted`, `ill-typed-field`."),
    ] = UNSET
    severity: Annotated[
        Severity | UnsetType, Meta(description="How much harm it can do: impact and precondition.")
    ] = UNSET
    confidence: Annotated[Confidence | UnsetType, Meta(description="How sure it is that this is true.")] = UNSET
    persona: Annotated[
        Persona | UnsetType,
        Meta(description="Who wants to see and gate it: each sees what the ones before see."),
    ] = UNSET
    message: Annotated[str, Meta(description="What is wrong and what to write in its place.")]
    location: Annotated[Location | UnsetType, Meta(description="Where it stands; absent for a live object.")] = (
        UNSET
    )
    path: Annotated[
        str | UnsetType,
        Meta(description="The field at fault, as `spec.containers[0].image`, from the object's root."),
    ] = UNSET
    keyed_path: Annotated[
        str | UnsetType,
        Meta(description="The same with list items by name, as an exception's `allow.path` wants it."),
    ] = UNSET
    value: Annotated[
        str | int | float | bool | UnsetType,
        Meta(description="The scalar that stands at `path`; never one that may hold a secret."),
    ] = UNSET
    evidence: Annotated[
        str | UnsetType,
        Meta(description="Tells two findings at one path apart, such as a capability's name."),
    ] = UNSET
    fingerprint: Annotated[
        str | UnsetType,
        Meta(description="The finding's identity; survives reformatting, reordering and moving."),
    ] = UNSET
    occurrence: Annotated[Count | UnsetType, Meta(description="Counts findings of one fingerprint, from 0.")] = (
        UNSET
    )
    fix: Annotated[list[Op] | UnsetType, Meta(description="The smallest change that mends it.")] = UNSET
    exception: Annotated[str | UnsetType, Meta(description="The name of the exception that suppresses it.")] = (
        UNSET
    )
    change: Annotated[Change | UnsetType, Meta(description="In a diff: against the base.")] = UNSET


class Unknown(_Wire, frozen=True, kw_only=True):
    """One thing in scope that nobody looked at."""

    code: Annotated[str, Meta(description="A kebab-case word for the kind of not-knowing.")]
    message: Annotated[str, Meta(description="What could not be read or judged, where, and what to do.")]
    subject: Annotated[str | UnsetType, Meta(description="The object, where one is known.")] = UNSET
    location: Annotated[Location | UnsetType, Meta(description="Where it stands, where a file is known.")] = UNSET


class Header(_Wire, frozen=True, kw_only=True):
    """Who judged what, by which rules, as of when."""

    engine_version: Annotated[str, Meta(description="The version of Bartizan.")]
    verb: Annotated[Literal["scan", "diff"], Meta(description="The command that made this report.")]
    policy_set: Annotated[
        str,
        Meta(description="Digest of checks, parameters, configuration and exceptions; equal ones judge alike."),
    ]
    kubernetes_version: Annotated[str, Meta(description="The version that was judged by, such as `1.37`.")]
    level: Annotated[str | UnsetType, Meta(description="The Pod Security level asked for, if one was.")] = UNSET
    persona: Annotated[
        Persona, Meta(description="Findings of this persona and the ones before it were asked for.")
    ]
    fail_on: Annotated[Severity, Meta(description="The gate: findings of this severity or worse fail the run.")]
    as_of: Annotated[str, Meta(description="ISO date by which exceptions were judged.")]
    inputs: Annotated[list[str], Meta(description="What was scanned, as it was named.")]
    base: Annotated[str | UnsetType, Meta(description="For a diff: the commit it starts from.")] = UNSET
    head: Annotated[
        str | UnsetType, Meta(description="For a diff: the commit it ends at; absent for the working tree.")
    ] = UNSET


class Coverage(_Wire, frozen=True, kw_only=True):
    """How much of what is in scope was looked at."""

    files: Annotated[Count, Meta(description="Files read.")]
    objects: Annotated[Count, Meta(description="Kubernetes objects found.")]
    evaluated: Annotated[Count, Meta(description="Objects that every check could judge.")]
    in_scope: Annotated[Count, Meta(description="Objects, and one for each thing that could not be read.")]
    folded: Annotated[Count, Meta(description="Objects that a controller made, told under their owner.")]
    not_objects: Annotated[
        dict[str, Count], Meta(description="Documents that are no Kubernetes objects, by what they are.")
    ]


class Severities(_Wire, frozen=True, kw_only=True):
    """A count of findings for each severity."""

    critical: Annotated[Count, Meta(description="Critical findings.")]
    high: Annotated[Count, Meta(description="High findings.")]
    medium: Annotated[Count, Meta(description="Medium findings.")]
    low: Annotated[Count, Meta(description="Low findings.")]
    info: Annotated[Count, Meta(description="Informational findings.")]


class Verdicts(_Wire, frozen=True, kw_only=True, rename={"passed": "pass"}):
    """A count of judgements, one check on one object, for each verdict."""

    passed: Annotated[Count, Meta(description="Judged and found good.")] = 0
    fail: Annotated[Count, Meta(description="Judged and found bad.")] = 0
    warn: Annotated[Count, Meta(description="A policy's own warnings.")] = 0
    skip: Annotated[Count, Meta(description="Not judged here, with a reason.")] = 0
    error: Annotated[Count, Meta(description="Should have been judged and could not.")] = 0


class Summary(_Wire, frozen=True, kw_only=True):
    """The whole in figures. Suppressed and fixed findings are not among the severities."""

    headline: Annotated[str, Meta(description="One sentence: clean, not clean, or not looked at.")]
    severities: Annotated[Severities, Meta(description="Findings that count, by severity.")]
    verdicts: Annotated[Verdicts, Meta(description="Judgements by verdict, before exceptions.")]
    suppressed: Annotated[Count, Meta(description="Findings that an exception suppresses.")]
    unknowns: Annotated[dict[str, Count], Meta(description="Unknowns by code.")]
    changes: Annotated[
        dict[str, Count] | UnsetType,
        Meta(description="For a diff: findings by change, unchanged ones included."),
    ] = UNSET


class Check(_Wire, frozen=True, kw_only=True):
    """A check that took part."""

    id: Annotated[str, Meta(description="The check's id.")]
    title: Annotated[str, Meta(description="What is bad, in a few words.")]
    severity: Annotated[Severity, Meta(description="As configured.")]
    persona: Annotated[Persona, Meta(description="As configured.")]
    references: Annotated[list[str], Meta(description="Where to read more.")]
    verdicts: Annotated[Verdicts, Meta(description="How often it answered each verdict.")]


class Document(_Wire, frozen=True, kw_only=True):
    """The outcome of a scan or a diff."""

    version: Annotated[Literal["bartizan.report/v1"], Meta(description="The version of this format.")]
    header: Annotated[Header, Meta(description="Who judged what, by which rules, as of when.")]
    coverage: Annotated[Coverage, Meta(description="How much of what is in scope was looked at.")]
    summary: Annotated[Summary, Meta(description="The whole in figures.")]
    exit_status: Annotated[
        int,
        Meta(
            description="0 clean, 1 gate closed, 3 incomplete, 4 nothing to scan; the same in every format.",
            ge=0,
        ),
    ]
    gate: Annotated[str, Meta(description="One sentence: why the exit status is what it is.")]
    checks: Annotated[list[Check], Meta(description="The checks that took part, by id.")]
    results: Annotated[
        list[Result],
        Meta(description="Findings, worst first, suppressed ones included; then errors and skips."),
    ]
    unknowns: Annotated[list[Unknown], Meta(description="What nobody looked at, by file and line.")]
