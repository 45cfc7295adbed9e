"""HTML from text that strangers wrote, and from the small Markdown that documentation is written in."""

import re
from collections.abc import Callable, Iterator
from html import escape

from bartizan.reports._harmless import visible

_CODE = re.compile(r"(`+)(.+?)\1", re.DOTALL)
_BOLD = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*")
_LINK = re.compile(r"\[([^\[\]]+)\]\((https://[^\s()<>\"']+)\)")
_ITEM = re.compile(r"\s*(?:[-*]|\d+\.)\s+")
_FENCE = "```"


def text(value: object) -> str:
    """Escaped for an element or a quoted attribute; control characters are spelled out."""
    return escape(visible(str(value)))


def sentence(value: str) -> str:
    """A message, in which what stands between backticks is code, as a sentence of its own."""
    return _spans(value[:1].upper() + value[1:], text)


def inline(value: str) -> str:
    """Code, bold and https links."""
    return _spans(value, _emphasised)


def markdown(source: str) -> str:
    """Paragraphs, fenced code, lists, `### headings`; anything else is shown as it was written."""
    return "\n".join(_blocks(source.splitlines()))


def without_title(source: str) -> str:
    """A page of documentation without its first line, which is its title."""
    return source.strip().partition("\n")[2]


def _spans(value: str, outside: Callable[[str], str]) -> str:
    parts: list[str] = []
    end = 0
    for match in _CODE.finditer(value):
        parts += [outside(value[end : match.start()]), f"<code>{text(match[2])}</code>"]
        end = match.end()
    return "".join([*parts, outside(value[end:])])


def _emphasised(value: str) -> str:
    linked = _LINK.sub(r'<a href="\2" rel="noreferrer">\1</a>', text(value))
    return _BOLD.sub(r"<strong>\1</strong>", linked)


def _blocks(lines: list[str]) -> Iterator[str]:
    """Each block of lines as an element."""
    while lines:
        if not lines[0].strip():
            lines = lines[1:]
            continue
        block, lines = _fenced(lines) if lines[0].lstrip().startswith(_FENCE) else _paragraph(lines)
        yield block


def _fenced(lines: list[str]) -> tuple[str, list[str]]:
    end = next((i for i, line in enumerate(lines) if i and line.strip() == _FENCE), len(lines))
    code = "\n".join(text(line) for line in lines[1:end])
    return f"<pre><code>{code}</code></pre>", lines[end + 1 :]


def _paragraph(lines: list[str]) -> tuple[str, list[str]]:
    stops = (i for i, line in enumerate(lines) if not line.strip() or line.lstrip().startswith(_FENCE))
    end = next(stops, len(lines))
    block = lines[:end]
    first = next((i for i, line in enumerate(block) if _ITEM.match(line)), None)
    if first is None:
        return _prose(block), lines[end:]
    lead = _prose(block[:first]) if first else ""
    return lead + _list(block[first:]), lines[end:]


def _prose(lines: list[str]) -> str:
    joined = " ".join(line.strip() for line in lines)
    if joined.startswith("#"):
        return f"<h4>{inline(joined.lstrip('# '))}</h4>"
    return f"<p>{inline(joined)}</p>"


def _list(lines: list[str]) -> str:
    items: list[str] = []
    for line in lines:
        mark = _ITEM.match(line)
        if mark or not items:
            items.append(line[mark.end() if mark else 0 :].strip())
        else:
            items[-1] += f" {line.strip()}"
    tag = "ol" if lines[0].lstrip()[:1].isdigit() else "ul"
    return f"<{tag}>{''.join(f'<li>{inline(item)}</li>' for item in items)}</{tag}>"
