"""A table for people at a terminal.

Findings stand worst first, one block each: severity, check, object with its container, `file:line`, and below
it what to write. Where one check says the same of several objects, it says it once and lists the others.
Nothing is left out of the list. Then come the unknowns, what was suppressed or skipped and why, and a summary
that ends with the reason of the exit status.

A diff shows what is new, then what cannot be compared, then what is fixed; unchanged findings are counted.

Colours follow the severity where the terminal shows colours; the word always stands beside them. Control
characters in names and messages are spelled out (`\\x1b`), so that no scanned file can write to the terminal.
"""

from collections.abc import Iterable, Iterator, Sequence

from bartizan.model.finding import Finding, Location
from bartizan.model.report import Report
from bartizan.reports import _summary as summary
from bartizan.reports._harmless import called, place, visible
from bartizan.reports._lines import Paint, labelled, paragraph, width_of, wrapped
from bartizan.reports._table_end import summary_lines
from bartizan.reports.format import Options, ReportFormat

_INDENT = 10
_GAP = "  "
_CHANGES = {
    "new": "new: not there at the base",
    "incomparable": "incomparable: the base could not be judged, so these may be new",
    "fixed": "fixed: there at the base, gone now",
    "unchanged": "unchanged: there at the base as well",
}


def _render(report: Report, options: Options) -> str:
    paint = Paint(color=options.color)
    sections = (
        _top(report, options, paint),
        *_findings(report, options, paint),
        _unknowns(report, options, paint),
        _judgements(report, options, paint),
        summary_lines(report, options, paint),
    )
    return "\n\n".join("\n".join(section) for section in sections if section) + "\n"


def _top(report: Report, options: Options, paint: Paint) -> list[str]:
    name = paint("strong", f"Bartizan {visible(report.header.version)}")
    first, *rest = paragraph(visible(summary.title(report)), options.width - len(name))
    facts = wrapped(map(visible, summary.provenance(report)), options.width, " · ")
    return [f"{name} {first}", *rest, *(paint("faint", line) for line in facts)]


def _findings(report: Report, options: Options, paint: Paint) -> Iterator[list[str]]:
    shown = [f for f in report.findings if not f.exception]
    if report.header.verb == "diff":
        for change, words in _CHANGES.items():
            changed = [f for f in shown if (f.change or "new") == change]
            if changed:
                count = summary.plural(len(changed), "finding")
                heading = paragraph(f"{count} {words}", options.width)
                yield [paint("strong", line) for line in heading]
                yield from _blocks(changed, options, paint)
    else:
        yield from _blocks(shown, options, paint)
    suppressed = [f for f in report.findings if f.exception]
    if suppressed and "suppressed" in options.show:
        yield [paint("strong", f"{summary.plural(len(suppressed), 'finding')} suppressed by an exception")]
        yield from _blocks(suppressed, options, paint)


def _blocks(findings: Iterable[Finding], options: Options, paint: Paint) -> Iterator[list[str]]:
    """One block for each finding, or for all of one check that say the same."""
    alike: dict[tuple[str, ...], list[Finding]] = {}
    for finding in findings:
        key = finding.severity, finding.check, finding.confidence, finding.exception, finding.message
        alike.setdefault(key, []).append(finding)
    for group in alike.values():
        yield _block(group, options, paint)


def _block(group: Sequence[Finding], options: Options, paint: Paint) -> list[str]:
    first, *others = group
    width = options.width - _INDENT
    lines = [*_head(first, options, paint), *paragraph(visible(first.message), width)]
    if first.exception:
        lines += [paint("faint", line) for line in paragraph(f"exception: {visible(first.exception)}", width)]
    if others:
        lines += paragraph(f"the same on {len(others):,} more:", width)
        lines += wrapped(map(_other, others), width, ", ")
    label = paint(first.severity, first.severity.upper())
    padding = " " * (_INDENT - len(first.severity))
    return [f"{label}{padding}{lines[0]}", *(" " * _INDENT + line for line in lines[1:])]


def _head(finding: Finding, options: Options, paint: Paint) -> list[str]:
    """Check, object and place on one line, or one below the other where they do not fit."""
    cells = [
        ("strong", visible(finding.check)),
        ("", visible(called(finding.subject))),
        ("place", visible(place(finding.location))),
    ]
    if finding.confidence != "high":
        cells.append(("faint", f"confidence: {finding.confidence}"))
    lines: list[list[str]] = [[]]
    room = options.width - _INDENT
    for style, text in cells:
        if not text:
            continue
        size = width_of(text) + len(_GAP)
        if lines[-1] and size > room:
            lines.append([])
            room = options.width - _INDENT
        room -= size
        lines[-1].append(paint(style, text) if style else text)
    return [_GAP.join(line) for line in lines]


def _other(finding: Finding) -> str:
    where = place(finding.location)
    return visible(f"{called(finding.subject)} ({where})" if where else called(finding.subject))


def _unknowns(report: Report, options: Options, paint: Paint) -> list[str]:
    if not report.unknowns:
        return []
    count = summary.plural(len(report.unknowns), "thing")
    lines = [paint("unknown", "UNKNOWN") + f"   {count} in scope that could not be read or judged"]
    for unknown in report.unknowns:
        where = place(Location(unknown.file, unknown.line))
        heads = [visible(part) for part in (where, unknown.subject, unknown.code) if part]
        text = [*wrapped(heads, options.width - _INDENT, _GAP), *_message(unknown.message, options)]
        lines += labelled("", text, _INDENT)
    return lines


def _judgements(report: Report, options: Options, paint: Paint) -> list[str]:
    """Results that asked to be seen one by one: errors always, skips and passes with `--show`."""
    shown = [r for r in summary.untold(report) if r.verdict in ("error", "warn") or r.verdict in options.show]
    lines: list[str] = []
    for result in shown:
        heads = [result.judge, called(result.subject), result.file, result.reason]
        text = wrapped([visible(part) for part in heads if part], options.width - _INDENT, _GAP)
        label = paint("unknown" if result.verdict == "error" else "faint", result.verdict.upper())
        text += _message(result.message, options)
        padding = " " * (_INDENT - len(result.verdict))
        lines += [f"{label}{padding}{text[0]}", *(" " * _INDENT + line for line in text[1:])]
    return lines


def _message(message: str, options: Options) -> list[str]:
    return [_GAP + line for line in paragraph(visible(message), options.width - _INDENT - len(_GAP))]


report = ReportFormat(name="table", accepts=frozenset({"findings"}), render=_render)
