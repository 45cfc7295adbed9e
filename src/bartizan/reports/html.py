"""One HTML page to read, keep or send: self-contained, light and dark, for desktop, phone and paper.

The page asks nothing of any network: style and script stand in it, and its content security policy allows
nothing else. Everything is in the page and readable without the script, which adds filters by severity, check,
namespace, kind and words; what is filtered stands in the address, so that it can be linked.

It shows the verdict and the coverage, then what could not be looked at, then the findings, worst first, each
with its place, what to write and the fix as a few lines of YAML; what exceptions suppress; what could not be
judged; and every check that took part with its documentation.

A browser cannot hold any number of findings: of more than 5,000 the worst are listed and the rest counted by
check, and the page says so.
"""

from base64 import b64encode
from hashlib import sha256

from bartizan.model.report import Report
from bartizan.reports import _summary as summary
from bartizan.reports._html_findings import filters, finding_sections, suppressed_section
from bartizan.reports._html_overview import bar, footer, tiles, top, verdict
from bartizan.reports._html_rest import checks_section, judgements_section, unknowns_section
from bartizan.reports._html_script import SCRIPT
from bartizan.reports._html_style import STYLE
from bartizan.reports._html_style_parts import PARTS
from bartizan.reports._markup import text
from bartizan.reports.format import Options, ReportFormat

_STYLE = STYLE + PARTS


def _render(report: Report, options: Options) -> str:
    parts = (
        _head(report),
        '<body>\n<a class="skip" href="#findings">Skip to the findings</a>',
        top(report),
        f'<div class="wrap">{verdict(report)}{tiles(report)}</div>',
        bar(report),
        filters(report),
        '<main class="wrap">',
        unknowns_section(report),
        *finding_sections(report),
        suppressed_section(report),
        judgements_section(report, options),
        checks_section(report),
        "</main>",
        footer(report),
        f"<script>{SCRIPT}</script>\n</body>\n</html>",
    )
    return "\n".join(part for part in parts if part) + "\n"


def _head(report: Report) -> str:
    policy = (
        f"default-src 'none'; style-src '{_hash(_STYLE)}'; script-src '{_hash(SCRIPT)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>Bartizan: {text(summary.title(report))}</title>\n"
        f"<style>{_STYLE}</style>\n</head>"
    )


def _hash(source: str) -> str:
    return "sha256-" + b64encode(sha256(source.encode()).digest()).decode()


report = ReportFormat(name="html", accepts=frozenset({"findings"}), render=_render)
