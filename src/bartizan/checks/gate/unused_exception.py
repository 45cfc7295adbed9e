"""Exception matches nothing.

An exception that fits no finding is either done with, or misspelt. The first kind waits to hide the next
mistake; the second hides nothing although its owner believes it does.

**Looks at** exceptions that have not expired and fit no finding of the run. A run that looks at a part of
the repository, or leaves the target check out, cannot know: an exception whose check did not run is not judged.

**Instead** delete the file, or correct its `target` and `subjects`: `bartizan scan -o json` prints the names
that they are compared with.
"""

from collections.abc import Iterable

from bartizan.checks.check import Check, Context, Fault
from bartizan.model.exception import ExceptionUse


def _find(use: ExceptionUse, _context: Context) -> Iterable[Fault]:
    if not use.matched and use.at <= use.entry.spec.until:
        yield Fault(
            ("spec", "subjects"),
            f"exception `{use.entry.name}` of {use.entry.spec.owner} fits no finding of "
            f"`{use.entry.spec.target.check}`: delete it, or correct its `subjects` and `allow`",
        )


check = Check(id="unused-exception", judges="exception", severity="low", find=_find)
