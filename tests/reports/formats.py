"""Every report format, and how tests render with it."""

from importlib import import_module

from bartizan.model.report import Report
from bartizan.reports.format import Options, ReportFormat

ENDINGS = {
    "csv": "csv",
    "github": "txt",
    "gitlab-codequality": "json",
    "gitlab-sast": "json",
    "html": "html",
    "json": "json",
    "junit": "xml",
    "markdown": "md",
    "policyreport": "json",
    "sarif": "sarif",
    "table": "txt",
}
NAMES = tuple(ENDINGS)

BARE = frozenset({"gitlab-codequality"})
"""A list of issues and nothing around it: its empty list says that everything was looked at and is clean."""


def format_named(name: str) -> ReportFormat:
    """The format of a module."""
    report: ReportFormat = import_module(f"bartizan.reports.{name.replace('-', '_')}").report
    return report


def render(name: str, report: Report, **options: object) -> str:
    """The report in a format, for a place of 100 columns without colours."""
    return format_named(name).render(report, Options(**options))  # type: ignore[arg-type] # names from a table
