"""Text from strangers for GitHub's and GitLab's Markdown: it makes no markup, link, picture, mention or reference.

Both services look for mentions (`@somebody`), references (`#1`, `!1`, `GH-1`, a commit's digits) and addresses in
what Markdown has become, so that escaping characters does not help. They leave code alone. So whatever is more
than a plain word becomes code.
"""

import re
from collections.abc import Iterable, Iterator

from bartizan.reports._harmless import shortened, visible

_CODE = re.compile(r"(`+)(.+?)\1", re.DOTALL)
_TICKS = re.compile(r"`+")
_LETTERS = r"[^\W\d_]"
_ENDS = r"[).,;:?\u2026]"
_PLAIN = re.compile(
    rf"""[(]?                                        # a word as a sentence has it:
    (?: {_LETTERS}+ (?:['\u2019-]{_LETTERS}+)*       # letters, apostrophes and hyphens between them,
      | \d{{1,6}} | \d{{1,3}}(?:,\d{{3}})+           # or a figure,
    )
    {_ENDS}*                                        # and what ends a part of a sentence;
    | [(] | 's | {_ENDS}+                           # what stands beside code;
    | [\u00b7\u2013\u2014-]                          # a dash alone
    """,
    re.VERBOSE,
)
_COMMIT = re.compile(r"\b[0-9a-f]{7,}\b", re.IGNORECASE)
_BAR = re.compile(r"(\\*)\|")
_SHORT = 500


def prose(text: str, limit: int = _SHORT, *, cell: bool = False) -> str:
    """A message for the middle of a line: plain words as they are, everything else as code.

    Args:
        cell: It stands in a table, where a bar would end its cell.
    """
    return _joined(_spans(shortened(visible(text), limit), cell=cell))


def code(text: str, limit: int = _SHORT, *, cell: bool = False) -> str:
    """A name, as it is written, in one line."""
    return _code(shortened(visible(text), limit), cell=cell)


def fenced(lines: Iterable[str], language: str) -> str:
    """Lines of code as a block that none of them can end."""
    shown = [visible(line) for line in lines]
    longest = max((len(ticks) for line in shown for ticks in _TICKS.findall(line)), default=0)
    fence = "`" * max(3, longest + 1)
    return "\n".join([fence + language, *shown, fence])


def _spans(text: str, *, cell: bool) -> Iterator[str]:
    end = 0
    for match in _CODE.finditer(text):
        yield _words(text[end : match.start()], cell=cell)
        yield _code(match[2], cell=cell)
        end = match.end()
    yield _words(text[end:], cell=cell)


def _joined(spans: Iterable[str]) -> str:
    """Two spans of code side by side would be read as one: an empty comment keeps them apart."""
    text = ""
    for span in spans:
        text += f"<!-- -->{span}" if text.endswith("`") and span.startswith("`") else span
    return text


def _words(text: str, *, cell: bool) -> str:
    return _joined(
        part if part.isspace() or not part else _word(part, cell=cell) for part in re.split("( +)", text)
    )


def _word(word: str, *, cell: bool) -> str:
    if _PLAIN.fullmatch(word) and not _COMMIT.search(word):
        return word
    ending = len(word) - len(word.rstrip(".,;:"))
    if ending and ending < len(word):
        return _code(word[:-ending], cell=cell) + word[-ending:]
    return _code(word, cell=cell)


def _code(text: str, *, cell: bool) -> str:
    """A span of code with a fence that does not stand in it."""
    if not text.strip(" "):
        return "` `" if text else ""
    fences = {len(ticks) for ticks in _TICKS.findall(text)}
    fence = "`" * next(length for length in range(1, len(fences) + 2) if length not in fences)
    padded = f" {text} " if text[0] in "` " or text[-1] in "` " else text
    if cell:
        padded = _BAR.sub(_escaped, padded)
    return f"{fence}{padded}{fence}"


def _escaped(match: re.Match[str]) -> str:
    """A bar in a cell. Backslashes before it are read in pairs: their number must be odd."""
    odd = len(match[1]) % 2
    return match[1] + "\\" * (1 + odd) + "|"
