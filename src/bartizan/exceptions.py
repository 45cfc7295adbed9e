"""Exceptions matched to findings: one matcher, one clock, used by `evaluate` alone."""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from re import Pattern, escape
from re import compile as compile_pattern
from typing import Any

import msgspec

from bartizan.model.exception import Allow, ExceptionEntry, ExceptionUse, SubjectMatch
from bartizan.model.finding import Finding

__all__ = ["ExceptionUse", "apply", "fits"]


def apply(
    findings: Sequence[Finding], entries: Sequence[ExceptionEntry], at: date
) -> tuple[list[Finding], list[ExceptionUse]]:
    """The findings, suppressed ones named after their exception, and what each exception did.

    An exception holds through its `until` day. Where several fit, the first by name suppresses.
    """
    ordered = sorted(entries, key=lambda entry: (entry.name, entry.file))
    counts = {id(entry): [0, 0, 0] for entry in ordered}
    by_check: dict[str, list[ExceptionEntry]] = {}
    for entry in ordered:
        by_check.setdefault(entry.spec.target.check, []).append(entry)
    judged = [_judge(finding, by_check.get(finding.check, ()), counts, at) for finding in findings]
    uses = []
    for entry in ordered:
        suppressed, matched, count = counts[id(entry)]
        uses.append(ExceptionUse(entry, suppressed, matched, count, at))
    return judged, uses


def _judge(finding: Finding, entries: Iterable[ExceptionEntry], counts: dict[int, list[int]], at: date) -> Finding:
    name = ""
    for entry in entries:
        count = counts[id(entry)]
        count[2] += 1
        if not fits(entry, finding):
            continue
        count[1] += 1
        if not name and at <= entry.spec.until:
            count[0] += 1
            name = entry.name
    return msgspec.structs.replace(finding, exception=name) if name else finding


def fits(entry: ExceptionEntry, finding: Finding) -> bool:
    """Whether the exception names this finding, whatever its date."""
    spec = entry.spec
    if finding.claimed or spec.target.check != finding.check:
        return False
    if spec.subjects and not any(_is_subject(match, finding) for match in spec.subjects):
        return False
    return _is_allowed(spec.allow, finding)


def _is_subject(match: SubjectMatch, finding: Finding) -> bool:
    subject = finding.subject
    return all(
        not wanted or _glob(wanted).fullmatch(have)
        for wanted, have in (
            (match.api_version, subject.api_version),
            (match.kind, subject.kind),
            (match.namespace, subject.namespace),
            (match.name, subject.name),
            (match.container, subject.container),
        )
    )


def _is_allowed(allow: Allow, finding: Finding) -> bool:
    if allow.purl or allow.image:
        return False  # packages and images belong to other findings
    if allow.path and not _glob(allow.path).fullmatch(finding.keyed_path):
        return False
    return allow.value is msgspec.UNSET or _same(allow.value, finding.value)


def _same(wanted: Any, have: Any) -> bool:
    return type(wanted) is type(have) and bool(wanted == have)


@lru_cache(maxsize=1024)
def _glob(pattern: str) -> Pattern[str]:
    """`*` stands for any run of characters, everything else for itself."""
    return compile_pattern(".*".join(escape(part) for part in pattern.split("*")))
