"""Every report format, and how tests render with it."""

from importlib import import_module

from bartizan.model.report import Report
from bartizan.reports.format import Options, ReportFormat

NAMES = ("github", "html", "json", "junit", "sarif", "table")
ENDINGS = {"github": "txt", "html": "html", "json": "json", "junit": "xml", "sarif": "sarif", "table": "txt"}


def format_named(name: str) -> ReportFormat:
    """The format of a module."""
    report: ReportFormat = import_module(f"bartizan.reports.{name}").report
    return report


def render(name: str, report: Report, **options: object) -> str:
    """The report in a format, for a place of 100 columns without colours."""
    return format_named(name).render(report, Options(**options))  # type: ignore[arg-type]
