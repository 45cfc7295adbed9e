"""What every format says about the whole: is it clean, how much was looked at, what was left aside."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from bartizan.model.finding import SEVERITIES, Finding, Severity
from bartizan.model.report import Report, active
from bartizan.model.result import VERDICTS, Result, Verdict


def severities(findings: Iterable[Finding]) -> dict[Severity, int]:
    """How many findings of each severity, worst first, zeros included."""
    counts = Counter(finding.severity for finding in findings)
    return {severity: counts[severity] for severity in SEVERITIES}


def verdicts(report: Report) -> dict[Verdict, int]:
    """How often all judges together answered each verdict."""
    return {verdict: sum(said.get(verdict, 0) for said in report.tally.values()) for verdict in VERDICTS}


def unknown_codes(report: Report) -> dict[str, int]:
    """How many unknowns of each code, by code."""
    return dict(sorted(Counter(unknown.code for unknown in report.unknowns).items()))


def exception_names(report: Report) -> dict[str, int]:
    """How many findings each exception suppresses, by name."""
    return dict(sorted(Counter(f.exception for f in report.findings if f.exception).items()))


def reasons(report: Report, verdict: Verdict) -> dict[str, int]:
    """Why results ended in `verdict` without a finding to tell it, by reason."""
    counts = Counter(result.reason for result in untold(report) if result.verdict == verdict)
    return dict(sorted(counts.items()))


def untold(report: Report) -> tuple[Result, ...]:
    """Results that no finding tells: errors, skips that are no exception's work, warnings, passes."""
    return tuple(r for r in report.results if r.verdict != "fail" and r.reason != "excepted")


def alike(results: Iterable[Result]) -> list[tuple[Result, list[str]]]:
    """What befell one object for one reason, told once: the first such result, and the checks it befell."""
    groups: dict[tuple[object, ...], tuple[Result, list[str]]] = {}
    for result in results:
        key = result.verdict, result.subject, result.file, result.reason, result.message
        groups.setdefault(key, (result, []))[1].append(result.judge)
    return list(groups.values())


def incomplete(report: Report) -> bool:
    """Whether anything in scope was not read or not judged."""
    short = report.coverage.evaluated < report.coverage.in_scope
    return short or bool(report.unknowns) or verdicts(report)["error"] > 0


def title(report: Report) -> str:
    """What was done: `scan of deploy` or `diff 1a2b3c4..5d6e7f8 of deploy`."""
    header = report.header
    inputs = ", ".join(header.inputs) or "nothing"
    if header.verb == "diff":
        return f"diff {_short(header.base)}..{_short(header.head) or 'working tree'} of {inputs}"
    return f"scan of {inputs}"


def provenance(report: Report) -> tuple[str, ...]:
    """By which rules and as of when, in short phrases."""
    header = report.header
    level = (f"level {header.level}",) if header.level else ()
    return (
        f"Kubernetes {header.kubernetes_version}",
        *level,
        f"persona {header.persona}",
        f"fail on {header.fail_on}",
        f"as of {header.as_of}",
        f"policy set {brief(header.policy_set)}",
    )


def looked_through(report: Report) -> str:
    """`12 objects in 3 files`; a live cluster has no files."""
    objects, files = plural(report.coverage.objects, "object"), plural(report.coverage.files, "file")
    return f"{objects} in {files}" if report.coverage.files or not report.coverage.objects else objects


def covered(report: Report) -> str:
    """`10 of 13 in scope`."""
    return f"{report.coverage.evaluated} of {report.coverage.in_scope} in scope"


def headline(report: Report) -> str:
    """One sentence that nobody can mistake: clean, not clean, or not looked at."""
    coverage = report.coverage
    if not coverage.in_scope:
        return "Nothing was looked at: there is no Kubernetes object in scope."
    if not report.rules:
        return f"Nothing was judged: no check took part; {covered(report)} evaluated."
    count = len(active(report))
    if not coverage.evaluated and not count:
        return f"Nothing could be evaluated: {covered(report)}."
    if count:
        return f"{_counted(report, count)}; {covered(report)} evaluated."
    if incomplete(report):
        return f"Not known to be clean: no {_new(report)}finding, but {covered(report)} evaluated."
    return f"Clean: no {_new(report)}finding; {covered(report)} evaluated."


def plural(count: int, noun: str) -> str:
    """`1 finding`, `2 findings`."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def listed(counts: Mapping[Any, int]) -> str:
    """`syntax 2, too-large 1`."""
    return ", ".join(f"{name or 'no reason given'} {count:,}" for name, count in counts.items())


def _counted(report: Report, count: int) -> str:
    objects = len({(f.subject.kind, f.subject.namespace, f.subject.name) for f in active(report)})
    what = plural(count, f"{_new(report)}finding")
    return f"{what} on {plural(objects, 'object')}"


def _new(report: Report) -> str:
    return "new or incomparable " if report.header.verb == "diff" else ""


def brief(digest: str) -> str:
    """A digest as far as people compare it; the machine formats carry all of it."""
    algorithm, colon, digits = digest.rpartition(":")
    return f"{algorithm}{colon}{digits[:16]}"


def _short(commit: str) -> str:
    """A commit's id as people write it; any other name as it is."""
    hexadecimal = len(commit) == 40 and all(c in "0123456789abcdef" for c in commit)  # noqa: PLR2004 - SHA-1
    return commit[:12] if hexadecimal else commit
