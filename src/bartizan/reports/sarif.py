"""SARIF 2.1.0, for GitHub code scanning, GitLab, Jenkins, Azure DevOps and editors.

One run. Each check is a rule with its documentation, `security-severity` and tags. Each finding is a result
with a percent-encoded place (relative, or `file:///…` for a file outside of the working folder), the object as
a logical location, and a fingerprint that survives reformatting and moving the file.

What could not be read or judged is a notification of the invocation, whose `executionSuccessful` is then
false. The invocation carries the exit status; the run's properties carry the coverage.

A suppressed finding has a `suppressions` entry that names its exception. Viewers that do not know these show
it as open: GitHub does, unless the repository's settings treat suppressed findings as dismissed.

In a diff, `baselineState` tells new, unchanged and absent (fixed) findings apart. Upload scans to a service
that keeps state, not diffs: it would take what a diff does not list for fixed.

GitHub accepts 25,000 results a run and shows 5,000. Above 25,000 the findings that count stay and, among
them, the worst; a notification says how many were left out.
"""

from collections.abc import Iterator
from typing import Any

from bartizan.model.report import Report, Rule
from bartizan.reports import _summary as summary
from bartizan.reports._harmless import shortened
from bartizan.reports._sarif_invocation import descriptors, invocation
from bartizan.reports._sarif_places import BASE
from bartizan.reports._sarif_result import LEVELS, chosen, result
from bartizan.reports.format import Options, ReportFormat
from bartizan.reports.json import in_batches

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_SECURITY_SEVERITY = {"critical": "9.5", "high": "8.0", "medium": "5.5", "low": "3.0", "info": "1.0"}
_SHORT = 1024
"""Characters that GitHub keeps of a description."""


def _render(report: Report, options: Options) -> str:
    return "".join(_stream(report, options))


def _stream(report: Report, _options: Options) -> Iterator[str]:
    """Results by the hundred, as in JSON: a large report is never held whole."""
    index = {rule.id: position for position, rule in enumerate(report.rules)}
    document = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [_run(report, index)]}
    yield from in_batches(document, (result(finding, index) for finding in chosen(report)), " " * 6)


def _run(report: Report, index: dict[str, int]) -> dict[str, Any]:
    return {
        "tool": {"driver": _driver(report)},
        "invocations": [invocation(report, index)],
        "originalUriBaseIds": {BASE: {"description": {"text": "The folder that holds the scanned inputs."}}},
        "columnKind": "unicodeCodePoints",
        "results": [],
        "properties": _properties(report),
    }


def _driver(report: Report) -> dict[str, Any]:
    return {
        "name": "Bartizan",
        "version": report.header.version,
        "rules": [_rule(rule) for rule in report.rules],
        "notifications": descriptors(report),
    }


def _rule(rule: Rule) -> dict[str, Any]:
    link = {"helpUri": rule.references[0]} if rule.references else {}
    return {
        "id": rule.id,
        "shortDescription": {"text": shortened(rule.title or rule.id, _SHORT)},
        "fullDescription": {"text": shortened(_reason(rule), _SHORT)},
        "help": {"text": rule.documentation or rule.title, "markdown": rule.documentation or rule.title},
        **link,
        "defaultConfiguration": {"level": LEVELS[rule.severity]},
        "properties": {
            "security-severity": _SECURITY_SEVERITY[rule.severity],
            "severity": rule.severity,
            "persona": rule.persona,
            "tags": ["security", "kubernetes", f"persona:{rule.persona}"],
        },
    }


def _reason(rule: Rule) -> str:
    """The first paragraph below the title: why it is bad."""
    paragraphs = rule.documentation.strip().split("\n\n")
    return " ".join(paragraphs[1].split()) if len(paragraphs) > 1 else rule.title or rule.id


def _properties(report: Report) -> dict[str, Any]:
    header, coverage = report.header, report.coverage
    commits = {"base": header.base, "head": header.head} if header.verb == "diff" else {}
    return {
        "headline": summary.headline(report),
        "gate": report.gate,
        "verb": header.verb,
        **commits,
        "inputs": list(header.inputs),
        "engineVersion": header.version,
        "policySet": header.policy_set,
        "kubernetesVersion": header.kubernetes_version,
        "asOf": header.as_of,
        "evaluated": coverage.evaluated,
        "inScope": coverage.in_scope,
        "files": coverage.files,
        "objects": coverage.objects,
        "notObjects": dict(sorted(coverage.not_objects.items())),
        "unknowns": summary.unknown_codes(report),
        "verdicts": summary.verdicts(report),
    }


report = ReportFormat(name="sarif", accepts=frozenset({"findings"}), render=_render, stream=_stream)
