"""Findings as cards, in groups, with a filter."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from bartizan.model.finding import SEVERITIES, Change, Finding
from bartizan.model.report import Report
from bartizan.model.resource import Subject
from bartizan.reports import _summary as summary
from bartizan.reports._fix import snippet
from bartizan.reports._harmless import place
from bartizan.reports._markup import sentence, text

LIMIT = 5_000
"""Findings that a browser still shows with ease."""
_GROUPS: dict[Change, tuple[str, str]] = {
    "new": ("New", "not there at the base"),
    "incomparable": ("Incomparable", "the base could not be judged, so they may be new"),
    "fixed": ("Fixed", "there at the base, gone now"),
    "unchanged": ("Unchanged", "there at the base as well"),
}
_MARKS = {"@": "at", "+": "add", "-": "del", " ": "same"}
Titles = dict[str, str]
"""What each check calls itself."""
_SIGNS = {"@": "", "+": "+ ", "-": "- ", " ": "  "}


def filters(report: Report) -> str:
    """The form that the script brings to life."""
    shown = [f for f in report.findings if not f.exception][:LIMIT]
    if not shown:
        return ""
    present = {finding.severity for finding in shown}
    boxes = "".join(
        f'<label class="pick {severity}"><input type="checkbox" name="severity" value="{severity}" checked>'
        f'<span class="badge">{severity}</span></label>'
        for severity in SEVERITIES
        if severity in present
    )
    selects = (
        _select("check", "All checks", {finding.check for finding in shown}),
        _select("namespace", "All namespaces", {finding.subject.namespace for finding in shown}),
        _select("kind", "All kinds", {finding.subject.kind for finding in shown}),
    )
    search = '<input type="search" name="search" placeholder="Search" aria-label="Search in findings">'
    return (
        f'<form class="filters" hidden role="search" aria-label="Filter findings"><div class="wrap">{boxes}'
        f"{''.join(selects)}{search}</div></form>"
    )


def _select(name: str, every: str, values: Iterable[str]) -> str:
    listed = sorted(values)
    if len(listed) < 2:  # noqa: PLR2004 - one value is no choice, and the script needs the field
        return f'<input type="hidden" name="{name}" value="">'
    choices = "".join(f'<option value="={text(v)}">{text(v) or "(no namespace)"}</option>' for v in listed)
    return f'<select name="{name}" aria-label="{name}"><option value="">{every}</option>{choices}</select>'


def finding_sections(report: Report) -> Iterator[str]:
    """The findings in groups: by severity, for a diff by change. What is not listed is counted."""
    told = [f for f in report.findings if not f.exception]
    listed, titles = told[:LIMIT], _titles(report)
    yield '<div id="findings"></div>'
    if report.header.verb == "diff":
        for change, (title, words) in _GROUPS.items():
            yield _section(title, words, [f for f in listed if (f.change or "new") == change], titles)
    else:
        for severity in SEVERITIES:
            yield _section(severity.capitalize(), "", [f for f in listed if f.severity == severity], titles)
    yield _unlisted(told[LIMIT:])


def _titles(report: Report) -> Titles:
    return {rule.id: rule.title for rule in report.rules if rule.title}


def _section(title: str, words: str, findings: Sequence[Finding], titles: Titles) -> str:
    if not findings:
        return ""
    count = summary.plural(len(findings), "finding")
    says = f"{count}, {words}" if words else count
    cards = "\n".join(_card(finding, titles) for finding in findings)
    return f"<section data-group><h2>{title} <small>{says}</small></h2>\n{cards}\n</section>"


def _unlisted(findings: Sequence[Finding]) -> str:
    """What the page does not list, said and counted."""
    if not findings:
        return ""
    counts = Counter((finding.severity, finding.check) for finding in findings)
    items = "".join(
        f"<li><strong>{severity}</strong> <code>{text(check)}</code>: {count:,}</li>"
        for (severity, check), count in counts.items()
    )
    return (
        '<section><div class="panel is-unknown">'
        f"<strong>{len(findings):,} more findings are not listed here.</strong>"
        f"<p>A page lists the {LIMIT:,} worst; the JSON report holds all. These are left out:</p>"
        f"<ul>{items}</ul></div></section>"
    )


def suppressed_section(report: Report) -> str:
    """What exceptions suppress stays in sight."""
    findings = [finding for finding in report.findings if finding.exception]
    if not findings:
        return ""
    count, titles = summary.plural(len(findings), "finding"), _titles(report)
    cards = "\n".join(_card(finding, titles, aside=True) for finding in findings[:LIMIT])
    rest = f"<p>{len(findings) - LIMIT:,} more are not listed here.</p>" if len(findings) > LIMIT else ""
    return (
        f'<section id="suppressed"><h2>Suppressed <small>{count}</small></h2>'
        f'<p class="lead">An exception accepts these: they count for nothing above.</p>\n{cards}{rest}\n</section>'
    )


def _card(finding: Finding, titles: Titles, *, aside: bool = False) -> str:
    subject = finding.subject
    data = (
        ""
        if aside
        else (
            f' data-severity="{finding.severity}" data-check="{text(finding.check)}"'
            f' data-namespace="{text(subject.namespace)}" data-kind="{text(subject.kind)}"'
        )
    )
    note = f'<p class="note">Exception <code>{text(finding.exception)}</code></p>' if aside else ""
    return (
        f'<article class="card {finding.severity}{" aside" if aside else ""}"{data}>'
        f'<header><span class="badge">{finding.severity}</span>'
        f'<h3><a href="#check-{text(finding.check)}">{text(titles.get(finding.check, finding.check))}</a></h3>'
        f'<span class="tag">{text(finding.check)}</span>{_tags(finding)}'
        f'<span class="place">{text(place(finding.location))}</span></header>'
        f'<p class="object">{_object(subject)}</p>'
        f'<p class="message">{sentence(finding.message)}</p>{note}{_fix(finding)}{_more(finding)}</article>'
    )


def _tags(finding: Finding) -> str:
    tags = [f"{finding.confidence} confidence"] if finding.confidence != "high" else []
    tags += [f"persona {finding.persona}"] if finding.persona != "regular" else []
    tags += [finding.change] if finding.change else []
    return "".join(f'<span class="tag">{tag}</span>' for tag in tags)


def _object(subject: Subject) -> str:
    namespace = f"{text(subject.namespace)}/" if subject.namespace else ""
    container = f" <em>container</em> {text(subject.container)}" if subject.container else ""
    return f"<em>{text(subject.kind)}</em> {namespace}<strong>{text(subject.name)}</strong>{container}"


def _fix(finding: Finding) -> str:
    lines = snippet(finding)
    if not lines:
        return ""
    spans = "".join(
        f'<span class="{_MARKS[line.mark]}">{_SIGNS[line.mark]}{text(line.text)}</span>' for line in lines
    )
    return f'<pre class="fix" aria-label="Fix">{spans}</pre>'


def _more(finding: Finding) -> str:
    facts = {
        "Field": finding.keyed_path,
        "API version": finding.subject.api_version,
        "Evidence": finding.evidence,
        "Fingerprint": f"{finding.fingerprint}:{finding.occurrence}",
    }
    rows = "".join(f"<dt>{name}</dt><dd><code>{text(value)}</code></dd>" for name, value in facts.items() if value)
    return f'<details><summary>Evidence</summary><dl class="more">{rows}</dl></details>'
