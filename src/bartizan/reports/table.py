r"""A table for people at a terminal.

Findings stand worst first, one block each: severity, check, object with its container, `file:line`, and below
it what to write. Where one check says the same of several objects, it says it once and lists the others.
Nothing is left out of the list. Then come the unknowns, what was suppressed or skipped and why, and a summary
that ends with the reason of the exit status.

A diff shows what is new, then what cannot be compared, then what is fixed; unchanged findings are counted.

Colours follow the severity where the terminal shows colours; the word always stands beside them. Control
characters in names and messages are spelled out (`\x1b`), so that no scanned file can write to the terminal.
"""

from collections.abc import Iterable, Iterator, Sequence

from bartizan.model.finding import Finding, Location
from bartizan.model.report import Report
from bartizan.reports import _summary as summary
from bartizan.reports._harmless import called, place, visible
from bartizan.reports._lines import Paint, paragraph, width_of, wrapped
from bartizan.reports._table_end import summary_lines
from bartizan.reports.format import Options, ReportFormat

_INDENT = 10
_GAP = "  "
_CHANGES = {
    "new": "not there at the base",
    "incomparable": "the base could not be judged, so they may be new",
    "fixed": "there at the base, gone now",
    "unchanged": "there at the base as well",
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
    name = f"Bartizan {visible(report.header.version)}"
    first, *rest = paragraph(f"{name} {visible(summary.title(report))}", options.width)
    facts = wrapped(map(visible, summary.provenance(report)), options.width, " · ")
    top = paint("strong", name) + first.removeprefix(name)
    return [top, *rest, *(paint("faint", line) for line in facts)]


def _findings(report: Report, options: Options, paint: Paint) -> Iterator[list[str]]:
    shown = [f for f in report.findings if not f.exception]
    if report.header.verb == "diff":
        for change, words in _CHANGES.items():
            changed = [f for f in shown if (f.change or "new") == change]
            if changed:
                count = summary.plural(len(changed), "finding")
                heading = paragraph(f"{change.upper()}: {count}, {words}", options.width)
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
        key = finding.severity, finding.check, finding.confidence, finding.exception, _said(finding)
        alike.setdefault(key, []).append(finding)
    for group in alike.values():
        yield _block(group, options, paint)


def _said(finding: Finding) -> str:
    """The message but for the container's own name, which stands beside the object."""
    container = finding.subject.container
    return finding.message.replace(f"`{container}`", "``") if container else finding.message


def _block(group: Sequence[Finding], options: Options, paint: Paint) -> list[str]:
    first, *others = group
    width = options.width - _INDENT
    lines = [*_head(first, options, paint), *paragraph(visible(first.message), width)]
    if first.exception:
        lines += [paint("faint", line) for line in paragraph(f"exception: {visible(first.exception)}", width)]
    if others:
        lines += paragraph(f"the same on {len(others):,} more:", width)
        lines += [line for other in others for line in _cells(_whereabouts(other), width, paint)]
    return _under(first.severity, first.severity, lines, paint)


def _head(finding: Finding, options: Options, paint: Paint) -> list[str]:
    cells = [("strong", finding.check), *_whereabouts(finding)]
    if finding.confidence != "high":
        cells.append(("faint", f"confidence: {finding.confidence}"))
    return _cells(cells, options.width - _INDENT, paint)


def _whereabouts(finding: Finding) -> list[tuple[str, str]]:
    return [("", called(finding.subject)), ("place", place(finding.location))]


def _cells(cells: Iterable[tuple[str, str]], width: int, paint: Paint) -> list[str]:
    """Styled texts beside each other, or one below the other where they do not fit."""
    lines: list[list[str]] = [[]]
    room = width
    for style, text in ((style, visible(text)) for style, text in cells if text):
        if lines[-1] and width_of(text) > room:
            lines.append([])
            room = width
        room -= width_of(text) + len(_GAP)
        lines[-1].append(paint(style, text))
    return [_GAP.join(line) for line in lines]


def _unknowns(report: Report, options: Options, paint: Paint) -> list[str]:
    if not report.unknowns:
        return []
    count = summary.plural(len(report.unknowns), "thing")
    heading = paragraph(f"{count} in scope that could not be read or judged", options.width - _INDENT)
    lines = _under("unknown", "unknown", heading, paint)
    for unknown in report.unknowns:
        where = place(Location(unknown.file, unknown.line))
        cells = ("place", where), ("", unknown.subject), ("strong", unknown.code)
        text = [*_cells(cells, options.width - _INDENT, paint), *_message(unknown.message, options)]
        lines += [" " * _INDENT + line for line in text]
    return lines


def _judgements(report: Report, options: Options, paint: Paint) -> list[str]:
    """Results beside findings: errors and warnings always, skips and passes with `--show`."""
    shown = (r for r in summary.untold(report) if r.verdict in {"error", "warn", *options.show})
    lines: list[str] = []
    for result, judges in summary.alike(shown):
        cells = ("", called(result.subject)), ("place", result.file), ("strong", result.reason)
        text = _cells(cells, options.width - _INDENT, paint)
        text += _message(result.message, options) if result.message else []
        text += _message(f"checks: {', '.join(judges)}", options)
        lines += _under(result.verdict, "unknown" if result.verdict == "error" else "strong", text, paint)
    return lines


def _under(word: str, style: str, lines: Sequence[str], paint: Paint) -> list[str]:
    """Lines below each other, the word in capitals to the left of the first."""
    label = paint(style, word.upper()) + " " * (_INDENT - len(word))
    return [label + lines[0], *(" " * _INDENT + line for line in lines[1:])]


def _message(message: str, options: Options) -> list[str]:
    return [_GAP + line for line in paragraph(visible(message), options.width - _INDENT - len(_GAP))]


report = ReportFormat(name="table", accepts=frozenset({"findings"}), render=_render)
