"""The run as a person reads it: one table, then what needs a word."""

from collections.abc import Iterable, Sequence

from .standing import Standing

HEAD = ("suite", "cases", "passed", "waived", "failed", "skipped", "")
SHOWN = 20


def table(standings: Sequence[Standing], without_runner: Iterable[str]) -> str:
    """One row a suite; suites that nothing runs yet are there too."""
    rows = [HEAD, *map(_row, standings), *((suite, *"-----", "no runner yet") for suite in without_runner)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEAD))]
    return "\n".join(_line(row, widths) for row in rows)


def remarks(standing: Standing) -> list[str]:
    """Faults, failed cases, waivers and reasons of one suite."""
    lines = [f"  {fault}" for fault in standing.faults]
    failed = [item for item in standing.failed.items() if item[1] not in standing.faults]
    lines += [f"  failed  {case}: {reason}" for case, reason in failed[:SHOWN]]
    if len(failed) > SHOWN:
        lines.append(f"  failed  … and {len(failed) - SHOWN} more, named in the report")
    lines += [
        f"  waived  {count} by `{waiver.cases}`: {waiver.reason} ({waiver.reference})"
        for waiver, count in standing.waivers.items()
    ]
    lines += [f"  skipped {count}: {reason}" for reason, count in standing.skipped.items()]
    return [f"{standing.suite}: {standing.word}", *lines] if lines else []


def _row(standing: Standing) -> tuple[str, ...]:
    figures = (
        standing.cases,
        standing.passed,
        standing.waived,
        len(standing.failed),
        sum(standing.skipped.values()),
    )
    return (standing.suite, *map(str, figures), standing.word)


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    name, *figures, word = (
        cell.ljust(width) if column in (0, len(HEAD) - 1) else cell.rjust(width)
        for column, (cell, width) in enumerate(zip(row, widths, strict=True))
    )
    return "  ".join([name, *figures, word]).rstrip()
