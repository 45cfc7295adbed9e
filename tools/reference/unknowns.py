"""Every way of not knowing, and what to do about it."""

from bartizan.documents import problems
from bartizan.model import unknown

CODES = unknown.CODES | problems.CODES
"""Every code that an Unknown may carry."""


def unknowns_page() -> str:
    """Every way of not knowing."""
    lines = [
        "# Unknowns",
        "",
        "What was not looked at never reads as safe.",
        "Each thing that could not be read or judged is counted, shown in every format, and turns the exit status",
        "to 3 unless a finding already made it 1 or `--allow-incomplete` accepts it.",
        "",
        "| Code | Meaning |",
        "|---|---|",
        *(f"| `{code}` | {meaning} |" for code, meaning in sorted(CODES.items())),
    ]
    return "\n".join(lines)
