"""Exception has expired.

An exception is a debt with a day on which it is due. After `until` it hides nothing any more: its findings
are back, and this one says whose decision they wait for.

**Looks at** every exception of the run whose `until` day is over.

**Instead** mend what it covers and delete the file, or have its owner renew it with a new reason and day.
"""

from collections.abc import Iterable

from bartizan.checks.check import Check, Context, Fault
from bartizan.model.exception import ExceptionUse


def _find(use: ExceptionUse, _context: Context) -> Iterable[Fault]:
    spec = use.entry.spec
    if use.at > spec.until:
        yield Fault(
            ("spec", "until"),
            f"exception `{use.entry.name}` of {spec.owner} expired on {spec.until} and hides nothing any more "
            f"({use.matched} findings are back): mend them and delete it, or renew `until` with a reason",
        )


check = Check(id="expired-exception", judges="exception", severity="medium", find=_find)
