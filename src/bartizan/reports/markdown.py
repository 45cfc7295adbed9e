"""Markdown for a comment in a pull request, a job's summary, a merge request or a chat.

The verdict comes first, with how much of the scope was evaluated and why the run exits as it does. Then comes what
nobody looked at; the findings, worst first, as a table; folded up, what to write in their place; what a change
fixes; and what exceptions suppress. A diff tells new findings, those that cannot be compared and fixed ones apart,
and counts the unchanged ones.

A comment of GitHub holds 65,536 characters. The page stays below, whatever it has to tell: the worst is shown
first, and each list says how many of its rows are not shown. No figure is ever cut.

The first line is always `<!-- bartizan -->`: a bot finds its comment by it and edits that one.

Names and messages come from files that a stranger may have written. They can make no markup, link, picture,
mention or reference: whatever is more than a plain word is shown as code.
"""

from collections.abc import Iterator, Sequence

from bartizan.model.finding import SEVERITIES, Finding
from bartizan.model.report import Report, active
from bartizan.reports import _summary as summary
from bartizan.reports._markdown_chapters import chapters
from bartizan.reports._markdown_pieces import composed
from bartizan.reports._markdown_text import code, prose
from bartizan.reports._unseen import asides, complete
from bartizan.reports.format import Options, ReportFormat

_MARKER = "<!-- bartizan -->"
_LIMIT = 65_000
"""Bytes: GitHub counts characters, of which there are never more."""
_WORDS = {
    0: ("✅", "passed"),
    1: ("❌", "failed"),
    3: ("⚠️", "incomplete"),
    4: ("⚠️", "nothing to scan"),
}


def _render(report: Report, options: Options) -> str:
    return composed(_head(report), list(chapters(report, options)), _end(report), _LIMIT)


def _head(report: Report) -> str:
    mark, word = _WORDS.get(report.exit_status, ("❌", "failed"))
    if not report.exit_status and not complete(report):
        mark, word = "⚠️", "passed, though not everything was looked at"
    return "\n".join(
        (
            _MARKER,
            f"## {mark} Bartizan: {word}",
            "",
            f"**{summary.headline(report)}**",
            "",
            f"Exit status {report.exit_status}: {prose(report.gate)}",
            "",
            *_figures(report),
        )
    )


def _figures(report: Report) -> Iterator[str]:
    """A table: the findings that count, in a diff by what became of them; then what was set aside."""
    yield f"| | {' | '.join(SEVERITIES)} | total |"
    yield f"|---|{'---:|' * (len(SEVERITIES) + 1)}"
    if report.header.verb == "diff":
        for change, total in report.changes.items():
            yield _counted(change, [f for f in report.findings if f.change == change and not f.exception], total)
    else:
        yield _counted("findings", active(report), len(active(report)))
    told = {name: count for name, count in asides(report).items() if name not in report.changes}
    if told:
        yield ""
        yield f"Beside these: {' · '.join(f'**{count:,}** {name}' for name, count in told.items())}"


def _counted(name: str, findings: Sequence[Finding], total: int) -> str:
    """A row of the table; severities are known only of the findings that the report holds."""
    counts = summary.severities(findings)
    held = total == len(findings)
    cells = [f"**{count:,}**" if count else "0" for count in (*counts.values(), total)]
    return f"| {name} | {' | '.join(cells if held else [''] * len(counts) + cells[-1:])} |"


def _end(report: Report) -> str:
    header, coverage = report.header, report.coverage
    seen = f"{summary.covered(report)} evaluated ({summary.looked_through(report)})"
    checks = summary.plural(len(report.rules), "check")
    lines = ["", "---", f"{code(summary.title(report))} · {seen} by {checks}."]
    if coverage.folded:
        count = summary.plural(coverage.folded, "object")
        lines.append(f"{count} that a controller made, told under the owner.")
    if coverage.not_objects:
        lines.append(
            f"Not Kubernetes objects, so not judged: {_listed(dict(sorted(coverage.not_objects.items())))}."
        )
    if unknown := summary.unknown_codes(report):
        lines.append(f"Unknowns: {_listed(unknown)}.")
    if skipped := summary.reasons(report, "skip"):
        lines.append(f"Skipped judgements: {_listed(skipped)}.")
    lines.append(
        "`bartizan explain CHECK` tells why a check exists; the table, JSON and HTML reports show everything."
    )
    facts = [f"Bartizan {header.version}", *summary.provenance(report)[:-1], f"policy set {header.policy_set}"]
    lines.append(f"\n<sub>{' · '.join(map(code, facts))}</sub>")
    return "\n".join(lines)


def _listed(counts: dict[str, int]) -> str:
    return ", ".join(f"{code(name or 'no reason given')} {count:,}" for name, count in counts.items())


report = ReportFormat(name="markdown", accepts=frozenset({"findings"}), render=_render)
