"""What was not looked at, what was not judged, and the checks with their documentation."""

from bartizan.model.finding import Location
from bartizan.model.report import Report, Rule
from bartizan.model.result import Result, Verdict
from bartizan.model.unknown import Unknown
from bartizan.reports import _summary as summary
from bartizan.reports._harmless import called, place
from bartizan.reports._markup import markdown, sentence, text, without_title
from bartizan.reports.format import Options

_ORDER: tuple[Verdict, ...] = ("fail", "error", "skip", "warn", "pass")


def unknowns_section(report: Report) -> str:
    """Everything in scope that nobody looked at: above the findings, and all of it."""
    if not report.unknowns:
        return ""
    count = summary.plural(len(report.unknowns), "thing")
    items = "\n".join(map(_unknown, report.unknowns))
    return (
        '<section id="unknowns"><div class="panel is-unknown">'
        f"<h2>Not looked at: {count} in scope</h2>"
        f"<p>{text(summary.listed(summary.unknown_codes(report)))}. "
        "They could not be read or judged: what stands in them is not known to be safe.</p>"
        f"<ul>{items}</ul></div></section>"
    )


def _unknown(unknown: Unknown) -> str:
    where = text(place(Location(unknown.file, unknown.line)))
    subject = f" {text(unknown.subject)}" if unknown.subject else ""
    return (
        f'<li><span class="place">{where}</span>{subject} <span class="tag">{text(unknown.code)}</span>'
        f"<p>{sentence(unknown.message)}</p></li>"
    )


def judgements_section(report: Report, options: Options) -> str:
    """What checks could not judge, one by one; what they cannot judge here, by reason."""
    untold = summary.untold(report)
    shown = [r for r in untold if r.verdict in {"error", "warn", *options.show}]
    items = "".join(_judgement(result, judges) for result, judges in summary.alike(shown))
    skipped = summary.reasons(report, "skip")
    if not items and not skipped:
        return ""
    errors = f'<ul class="plain">{items}</ul>' if items else ""
    skips = f"<p>Not evaluable here, counted by reason: {text(summary.listed(skipped))}.</p>" if skipped else ""
    return f'<section id="not-judged"><h2>Not judged</h2>{errors}{skips}</section>'


def _judgement(result: Result, judges: list[str]) -> str:
    checks = ", ".join(f"<code>{text(judge)}</code>" for judge in judges)
    where = f" in {text(result.file)}" if result.file else ""
    return (
        f"<li><strong>{result.verdict}</strong> {text(called(result.subject))}{where}: {text(result.reason)} "
        f"{sentence(result.message)} ({checks})</li>"
    )


def checks_section(report: Report) -> str:
    """Every check that took part, with its documentation once."""
    if not report.rules:
        return ""
    cards = "\n".join(_check(report, rule) for rule in report.rules)
    return (
        f'<section id="checks"><h2>Checks <small>{len(report.rules):,} took part</small></h2>\n{cards}\n</section>'
    )


def _check(report: Report, rule: Rule) -> str:
    said = report.tally.get(rule.id, {})
    told = " · ".join(f"{said[verdict]:,} {verdict}" for verdict in _ORDER if said.get(verdict))
    heading = f"<strong>{text(rule.id)}</strong><span>{text(rule.title)}</span>"
    links = "".join(_reference(reference) for reference in rule.references)
    return (
        f'<details class="card check {rule.severity}" id="check-{text(rule.id)}"><summary>'
        f'<span class="badge">{rule.severity}</span>{heading}'
        f'<span class="count">{told or "no object concerns it"}</span></summary>'
        f'<div class="prose">{markdown(without_title(rule.documentation))}'
        f"{f'<ul>{links}</ul>' if links else ''}</div></details>"
    )


def _reference(reference: str) -> str:
    if not reference.startswith("https://"):
        return f"<li>{text(reference)}</li>"
    return f'<li><a href="{text(reference)}" rel="noreferrer">{text(reference)}</a></li>'
