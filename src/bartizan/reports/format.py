"""What a report format is. Each format is one module with one public frozen value, `report`."""

from collections.abc import Callable, Iterator
from typing import Literal

import msgspec

from bartizan.model.report import Report

Kind = Literal["findings", "connectivity", "bom", "controls", "drift"]


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """What the reader's place allows."""

    color: bool = False
    """The output is a terminal that shows colours."""
    width: int = 100
    """Columns of the terminal."""
    show: frozenset[str] = frozenset()
    """Beyond the default: `pass`, `skip`, `unchanged`, `suppressed`."""


class ReportFormat(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """A way to write a report down."""

    name: str
    accepts: frozenset[Kind]
    render: Callable[[Report, Options], str]
    """The whole text, ending with a newline. Pure: the same report gives the same bytes."""
    stream: Callable[[Report, Options], Iterator[str]] | None = None
    """The same text in pieces, for a format whose text is large and need not be held whole."""

    def pieces(self, report: Report, options: Options) -> Iterator[str]:
        """The text in as many pieces as the format likes."""
        return self.stream(report, options) if self.stream else iter((self.render(report, options),))
