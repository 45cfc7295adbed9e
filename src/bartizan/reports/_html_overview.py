"""The top of the page and its end: what was judged, the verdict, the figures."""

from collections.abc import Iterator

from bartizan.model.report import Report, active
from bartizan.reports import _summary as summary
from bartizan.reports._markup import sentence, text

_TURRET = (
    '<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M4 2h3v3h3V2h4v3h3V2h3v8l-2 2v3l-3 7H9l-3-7v-3l-2-2z'
    'M11 11v5h2v-5a1 1 0 0 0-2 0z" fill-rule="evenodd"/></svg>'
)


def top(report: Report) -> str:
    """Name, title, and by which rules as of when."""
    facts = "".join(f"<div><dt>{name}</dt><dd>{text(value)}</dd></div>" for name, value in _facts(report))
    return (
        f'<header class="top wrap">\n<div class="brand">{_TURRET}Bartizan</div>\n'
        f'<h1>{text(_capital(summary.title(report)))}</h1>\n<dl class="facts">{facts}</dl>\n</header>'
    )


def _facts(report: Report) -> Iterator[tuple[str, str]]:
    header = report.header
    yield "As of", header.as_of
    yield "Kubernetes", header.kubernetes_version
    if header.level:
        yield "Level", header.level
    yield "Persona", header.persona
    yield "Fails on", f"{header.fail_on} or worse" if header.fail_on != "critical" else "critical"
    yield "Engine", header.version
    yield "Policy set", summary.brief(header.policy_set)


def verdict(report: Report) -> str:
    """The headline and why the exit status is what it is."""
    return (
        f'<div class="verdict {_tone(report)}"><strong>{text(summary.headline(report))}</strong>'
        f"<span>{sentence(report.gate.rstrip('.'))}. Exit status {report.exit_status}.</span></div>\n"
    )


def _tone(report: Report) -> str:
    if report.exit_status == 1:
        return "is-bad"
    if summary.incomplete(report) or not report.coverage.evaluated or not report.rules:
        return "is-unknown"
    return "is-calm" if active(report) else "is-good"


def tiles(report: Report) -> str:
    """A figure for each severity, and how much was looked at."""
    counts = summary.severities(active(report))
    each = "".join(
        f'<div class="tile {severity}{"" if count else " none"}"><b>{count:,}</b><span>{severity}</span></div>'
        for severity, count in counts.items()
    )
    coverage = report.coverage
    tone = "unknown" if summary.incomplete(report) or not coverage.evaluated else "good"
    return (
        f'<div class="tiles">{each}<div class="tile wide {tone}"><b>{coverage.evaluated:,} of '
        f"{coverage.in_scope:,}</b><span>in scope evaluated</span>{_meter(coverage.evaluated, coverage.in_scope)}"
        "</div></div>"
    )


def _meter(part: int, whole: int) -> str:
    """A bar as wide as the part that was looked at; the words beside it say the same."""
    ground = "whole" if whole else "none"
    width = f"{100 * part / whole:.2f}" if whole else "0"
    return (
        '<svg class="meter" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect class="{ground}" width="100%" height="100%"/>'
        f'<rect class="part" width="{width}%" height="100%"/></svg>'
    )


def bar(report: Report) -> str:
    """The line that stays in sight: counts and coverage."""
    counts = " · ".join(f"<b>{n:,}</b> {name}" for name, n in summary.severities(active(report)).items() if n)
    suppressed = sum(summary.exception_names(report).values())
    aside = (
        f"<b>{report.coverage.evaluated:,}</b> of <b>{report.coverage.in_scope:,}</b> in scope evaluated",
        f'<a href="#unknowns"><b>{len(report.unknowns):,}</b> unknown</a>' if report.unknowns else "",
        f'<a href="#suppressed"><b>{suppressed:,}</b> suppressed</a>' if suppressed else "",
    )
    nothing = "no finding" if report.coverage.evaluated else "nothing looked at"
    says = " · ".join(part for part in aside if part)
    return (
        f'<div class="bar"><div class="wrap"><p>{counts or nothing}</p><p>{says}</p>'
        '<p class="end" id="shown" role="status"></p></div></div>'
    )


def footer(report: Report) -> str:
    """What went by the way, and what made the page."""
    coverage, header = report.coverage, report.header
    lines = [f"{summary.looked_through(report)}, judged by {summary.plural(len(report.rules), 'check')}."]
    if coverage.folded:
        lines.append(f"{summary.plural(coverage.folded, 'object')} that a controller made, told under the owner.")
    if coverage.not_objects:
        counts = dict(sorted(coverage.not_objects.items()))
        lines.append(f"Not Kubernetes objects, so not judged: {summary.listed(counts)}.")
    told = " ".join(map(text, lines))
    return (
        f'<footer class="wrap"><p>{told}</p><p>Bartizan {text(header.version)}, policy set '
        f"<code>{text(header.policy_set)}</code>, as of {text(header.as_of)}. "
        "This page makes no request to any network.</p></footer>"
    )


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]
