"""Reports written where they were asked for: data on standard output, everything else on standard error."""

import os
import shutil
import sys
from pathlib import Path

from bartizan.app import plugins
from bartizan.app.errors import UsageError
from bartizan.model.report import Report
from bartizan.reports.format import Options, ReportFormat


class Output:
    """One `-o FORMAT[=FILE]`."""

    def __init__(self, text: str) -> None:
        """Read the option's value. Raises UsageError where there is no such format."""
        name, _, file = text.partition("=")
        self.format: ReportFormat = plugins.report_format(name)
        self.file = file
        if "findings" not in self.format.accepts:
            fitting = ", ".join(report.name for report in plugins.reports() if "findings" in report.accepts)
            raise UsageError(f"format `{name}` does not fit findings: choose one of {fitting}")

    def write(self, report: Report, show: frozenset[str]) -> None:
        """Render and write. Raises UsageError where the file cannot be written."""
        if not self.file:
            text = self.format.render(report, _terminal(show))
            sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace"))
            sys.stdout.flush()
            return
        data = self.format.render(report, Options(show=show)).encode("utf-8", "backslashreplace")
        try:
            Path(self.file).parent.mkdir(parents=True, exist_ok=True)
            Path(self.file).write_bytes(data)
        except OSError as error:
            raise UsageError(f"`{self.file}` cannot be written ({error.strerror})") from error


def outputs(texts: tuple[str, ...]) -> list[Output]:
    """The outputs asked for; a table where nothing was. Raises UsageError where two share standard output."""
    made = [Output(text) for text in texts or ("table",)]
    if sum(not output.file for output in made) > 1:
        raise UsageError("two formats cannot share standard output: give one a file, as in -o sarif=out.sarif")
    return made


def _terminal(show: frozenset[str]) -> Options:
    terminal = sys.stdout.isatty()
    color = (terminal and not os.environ.get("NO_COLOR")) or bool(os.environ.get("FORCE_COLOR"))
    width = shutil.get_terminal_size((100, 24)).columns if terminal else 100
    return Options(color=color, width=width, show=show)
