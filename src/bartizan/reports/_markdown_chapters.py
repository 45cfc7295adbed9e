"""What a Markdown page lists, in the order in which a reviewer wants to know."""

from collections import Counter
from collections.abc import Iterator, Sequence

from bartizan.model.finding import Change, Finding
from bartizan.model.report import Report, active
from bartizan.reports import _summary as summary
from bartizan.reports._fix import snippet
from bartizan.reports._harmless import called, place
from bartizan.reports._markdown_pieces import Chapter
from bartizan.reports._markdown_text import code, fenced, prose
from bartizan.reports._unseen import Unseen, unseen
from bartizan.reports.format import Options

_TABLE = "| severity | check | object | place |\n|---|---|---|---|"
_TITLES: dict[Change, tuple[str, str]] = {
    "new": ("New findings", ""),
    "incomparable": ("Incomparable findings", "\nThe other side could not be judged there, so they may be new.\n"),
}
_IN_SIGHT = 10
"""Things not looked at that are listed without being folded up."""
_TOP = 50
"""Findings that a table in sight holds."""
_LONGEST_FIX = 1_500
_LONGEST_NAME = 200


def chapters(report: Report, options: Options) -> Iterator[Chapter]:
    """Each with at least one row."""
    yield from _unseen(list(unseen(report)))
    shown = active(report)
    if report.header.verb == "diff":
        for change, (title, why) in _TITLES.items():
            yield from _table(title, [f for f in shown if (f.change or "new") == change], why)
        shown = tuple(f for f in shown if f.change != "unchanged")
    else:
        yield from _table("Findings", shown)
    yield from _instead(shown)
    yield from _aside("Fixed", [f for f in report.findings if f.change == "fixed"])
    yield from _suppressed(report, options)
    yield from _aside("Unchanged", [f for f in active(report) if f.change == "unchanged"])


def _unseen(things: Sequence[Unseen]) -> Iterator[Chapter]:
    """Every code with its count in sight; a long list of places is folded up."""
    if not things:
        return
    long = len(things) > _IN_SIGHT
    codes = Counter(thing.code for thing in things)
    counts = " · ".join(f"{code(name)} {count:,}" for name, count in sorted(codes.items()))
    folded = f"\n{counts}\n\n<details>\n<summary>What and where</summary>\n" if long else ""
    yield Chapter(
        opening=f"\n### Not looked at: {len(things):,}\n{folded}",
        rows=map(_bullet, things),
        count=len(things),
        noun="thing",
        closing="\n</details>" if long else "",
        share=0.3,
    )


def _bullet(thing: Unseen) -> str:
    where = f"{thing.location.file}:{thing.location.line}" if thing.location.line else thing.location.file
    names = " ".join(code(name, _LONGEST_NAME) for name in (where, thing.subject) if name)
    judges = f" (checks: {', '.join(map(code, thing.judges))})" if thing.judges else ""
    return f"- **{prose(thing.code)}** {names}: {prose(thing.message)}{judges}"


def _table(title: str, findings: Sequence[Finding], why: str = "") -> Iterator[Chapter]:
    if findings:
        yield Chapter(
            opening=f"\n### {title}: {len(findings):,}\n{why}\n{_TABLE}",
            rows=map(_row, findings[:_TOP]),
            count=len(findings),
            noun="finding",
            share=0.5,
        )


def _row(finding: Finding) -> str:
    cells = called(finding.subject), place(finding.location)
    shown = " | ".join(code(cell, _LONGEST_NAME, cell=True) for cell in cells)
    return f"| {finding.severity} | {code(finding.check, cell=True)} | {shown} |"


def _instead(findings: Sequence[Finding]) -> Iterator[Chapter]:
    """What is wrong and what to write: once for all objects of which a check says the same."""
    groups: dict[tuple[str, ...], list[Finding]] = {}
    for finding in findings:
        groups.setdefault((finding.severity, finding.check, _said(finding)), []).append(finding)
    if groups:
        yield Chapter(
            opening="\n<details>\n<summary>What to write instead</summary>\n",
            rows=map(_advice, groups.values()),
            count=len(groups),
            noun="hint",
            closing="\n</details>",
            share=0.9,
        )


def _said(finding: Finding) -> str:
    """The message but for the container's own name."""
    container = finding.subject.container
    return finding.message.replace(f"`{container}`", "``") if container else finding.message


def _advice(group: Sequence[Finding]) -> str:
    first, *others = group
    more = f" and on {len(others):,} more" if others else ""
    unsure = f" (confidence: {first.confidence})" if first.confidence != "high" else ""
    told = f"- **{first.severity}** {code(first.check)} on {code(called(first.subject), _LONGEST_NAME)}{more}{unsure}: "
    return told + prose(first.message) + _fix(first)


def _fix(finding: Finding) -> str:
    """The fix below the advice, part of its item; left out where it is long."""
    lines = [f"{line.mark} {line.text}" for line in snippet(finding)]
    text = fenced(lines, "diff") if lines else ""
    if not text or len(text) > _LONGEST_FIX:
        return ""
    return "\n\n" + "\n".join(f"  {line}" for line in text.split("\n")) + "\n"


def _aside(title: str, findings: Sequence[Finding]) -> Iterator[Chapter]:
    """A table that is folded up."""
    if findings:
        yield Chapter(
            opening=f"\n<details>\n<summary>{title}: {len(findings):,}</summary>\n\n{_TABLE}",
            rows=map(_row, findings),
            count=len(findings),
            noun="finding",
            closing="\n</details>",
            share=0.5,
        )


def _suppressed(report: Report, options: Options) -> Iterator[Chapter]:
    """How many findings each exception suppresses; with `--show suppressed` also which ones."""
    findings = [f for f in report.findings if f.exception and f.change != "fixed"]
    counts = Counter((f.exception, f.check) for f in findings)
    if counts:
        total = summary.plural(len(findings), "finding")
        yield Chapter(
            opening=f"\n<details>\n<summary>{total} suppressed by an exception</summary>\n",
            rows=(
                f"- {code(name, _LONGEST_NAME)}: {code(check)} {count:,}"
                for (name, check), count in sorted(counts.items())
            ),
            count=len(counts),
            noun="exception",
            closing="\n</details>",
            share=0.5,
        )
    if "suppressed" in options.show:
        yield from _aside("Suppressed findings", findings)
