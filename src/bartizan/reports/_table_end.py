"""The end of the table: the figures, what was left aside, and why the exit status is what it is."""

from collections.abc import Iterator

from bartizan.model.report import Report, active
from bartizan.reports import _summary as summary
from bartizan.reports._harmless import visible
from bartizan.reports._lines import Paint, labelled, paragraph, wrapped
from bartizan.reports.format import Options

_INDENT = 13


def summary_lines(report: Report, options: Options, paint: Paint) -> list[str]:
    """Headline, then one labelled line for each figure that matters."""
    headline = summary.headline(report)
    style = "good" if headline.startswith("Clean") else "strong"
    lines = [paint(style, line) for line in paragraph(headline, options.width)]
    for label, text in _figures(report):
        lines += labelled(label, wrapped(text.split(" "), options.width - _INDENT), _INDENT)
    end = paragraph(visible(report.gate), options.width - _INDENT)
    return [*lines, *labelled(f"exit {report.exit_status}", end, _INDENT)]


def _figures(report: Report) -> Iterator[tuple[str, str]]:
    counts = summary.severities(active(report))
    yield "findings", " · ".join(f"{count:,} {severity}" for severity, count in counts.items())
    if report.header.verb == "diff":
        yield "changes", " · ".join(f"{count:,} {change}" for change, count in report.changes.items())
    yield from _suppressed(report)
    yield "evaluated", _evaluated(report)
    yield from _aside(report)


def _suppressed(report: Report) -> Iterator[tuple[str, str]]:
    names = summary.exception_names(report)
    if names:
        total = summary.plural(sum(names.values()), "finding")
        yield "suppressed", visible(f"{total} by exception: {summary.listed(names)}")


def _evaluated(report: Report) -> str:
    coverage = report.coverage
    folded = f", {coverage.folded:,} told under their owner" if coverage.folded else ""
    checks = summary.plural(len(report.rules), "check")
    return f"{summary.covered(report)} ({summary.looked_through(report)}{folded}) by {checks}"


def _aside(report: Report) -> Iterator[tuple[str, str]]:
    unknown, apart = summary.unknown_codes(report), report.coverage.not_objects
    if unknown:
        yield "unknown", visible(f"{len(report.unknowns):,}: {summary.listed(unknown)}")
    if apart:
        count = summary.plural(sum(apart.values()), "document")
        yield "not objects", visible(f"{count}: {summary.listed(dict(sorted(apart.items())))}")
    for label, why in (
        ("errors", summary.reasons(report, "error")),
        ("skipped", summary.reasons(report, "skip")),
    ):
        if why:
            count = summary.plural(sum(why.values()), "judgement")
            yield label, visible(f"{count}: {summary.listed(why)}")
