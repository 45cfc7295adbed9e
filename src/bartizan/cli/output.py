"""Reports written where they were asked for: data on standard output, everything else on standard error."""

import os
import shutil
import sys
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from bartizan.app import plugins
from bartizan.app.errors import UsageError
from bartizan.cli.standard_output import ReaderLeft, reader_may_leave
from bartizan.model.report import Report
from bartizan.reports.format import Options, ReportFormat


class Output:
    """One `-o FORMAT[=FILE]`."""

    def __init__(self, text: str) -> None:
        """Read the option's value. Raises UsageError where there is no such format."""
        name, equals, file = text.partition("=")
        self.format: ReportFormat = plugins.report_format(name)
        self.file = "" if file == "-" else file
        if equals and not file:
            raise UsageError(f"`-o {text}` names no file: write `-o {name}` for standard output")
        if "findings" not in self.format.accepts:
            fitting = ", ".join(report.name for report in plugins.reports() if "findings" in report.accepts)
            raise UsageError(f"format `{name}` does not fit findings: choose one of {fitting}")

    def write(self, report: Report, show: frozenset[str]) -> None:
        """Render and write. Raises UsageError where it cannot be written."""
        options = Options(show=show) if self.file else _terminal(show)
        pieces = (text.encode("utf-8", "backslashreplace") for text in self.format.pieces(report, options))
        try:
            if self.file:
                with Path(self.file).open("wb") as file:
                    file.writelines(pieces)
            else:
                _print(pieces)
        except OSError as error:
            raise UsageError(f"`{self.file}` cannot be written ({error.strerror})") from error


def _print(pieces: Iterable[bytes]) -> None:
    with suppress(ReaderLeft), reader_may_leave():  # who reads has seen enough: the exit status still tells
        sys.stdout.buffer.writelines(pieces)
        sys.stdout.flush()


def outputs(texts: tuple[str, ...]) -> list[Output]:
    """The outputs asked for; a table where nothing was. Raises UsageError where two share a place.

    Folders are not made: a misspelt one would be taken for the right one.
    """
    made = [Output(text) for text in texts or ("table",)]
    files = [output.file for output in made]
    if files.count("") > 1:
        raise UsageError("two formats cannot share standard output: give one a file, as in -o sarif=out.sarif")
    if "" in files and sys.stdout is None:
        raise UsageError("standard output is closed: give the report a file, as in -o json=out.json")
    if len({file and Path(file).absolute() for file in files}) < len(files):
        raise UsageError("two formats cannot share a file: give each its own")
    for output in made:
        folder = Path(output.file).parent
        if output.file and not folder.is_dir():
            raise UsageError(f"`{output.file}` cannot be written: there is no folder `{folder}`, make it first")
    return made


def write_all(asked: Iterable[Output], report: Report, show: frozenset[str]) -> None:
    """Write every output; one that fails keeps none of the others from being written."""
    failures: list[UsageError] = []
    for output in asked:
        try:
            output.write(report, show)
        except UsageError as error:
            failures.append(error)
    if failures:
        raise failures[0]


def _terminal(show: frozenset[str]) -> Options:
    terminal = sys.stdout.isatty()
    color = (terminal and not os.environ.get("NO_COLOR")) or bool(os.environ.get("FORCE_COLOR"))
    width = shutil.get_terminal_size((100, 24)).columns if terminal else 100
    return Options(color=color, width=width, show=show)
