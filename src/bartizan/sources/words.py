"""Another program's words, made fit for a sentence of ours."""

from bartizan.secrets.patterns import search

_LONGEST = 300


def one_line(text: str) -> str:
    """All that it says in one line, without control characters, and never with a credential in it."""
    line = " ".join(text.split())
    line = "".join(char if char.isprintable() else " " for char in line)
    if not line:
        return "it gives no reason"
    if search(line).found:
        return "its reason holds what looks like a credential, and is not shown"
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"
