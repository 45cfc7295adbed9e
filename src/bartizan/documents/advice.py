"""What libyaml's errors mean to the writer of a manifest: what is wrong and what to do, in one line."""

import re
from itertools import islice
from typing import Final

import yaml
from yaml.reader import ReaderError

from bartizan.documents.problems import RefusedError

# What YAML allows in a text (libyaml and go-yaml agree): the first character outside of it is the culprit.
FORBIDDEN: Final = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

# What may stand before a template action in place of a value, a key or a whole line. Strings that hold
# one are no templates. Bounded, for the text may be hostile: so many actions, so many characters.
_BEFORE_ACTION = re.compile(r"[ \t]*(?:- )*[ \t]*(?:[^\s#'\"{}-][^'\"{}]*:[ \t]+)?")
_MOST_ACTIONS: Final = 100
_MOST_BEFORE: Final = 200

_UNCLOSED: Final = "a quote is opened here and not closed; close it"
_FLOW: Final = "a `{` or `[` is opened here and not closed as expected; check commas and brackets"
_INDENTATION: Final = "the indentation does not fit the lines above; align it"
_TAB_ADVICE: Final = "a tab stands where YAML wants spaces; indent with spaces"
_PROBLEMS: Final[dict[str, str]] = {
    "mapping values are not allowed in this context": (
        "`: ` makes no sense here; quote the value or check the indentation"
    ),
    "did not find expected key": _INDENTATION,
    "did not find expected '-' indicator": _INDENTATION,
    "found character that cannot start any token": ("a value cannot start with this character; quote the value"),
    "could not find expected ':'": ("a line above is neither `key: value` nor a list item; complete or indent it"),
    "found unexpected end of stream": _UNCLOSED,
    "found unexpected document indicator": _UNCLOSED,
    "found unknown escape character": (
        "a backslash starts no escape that YAML knows; double it, or use single quotes"
    ),
    "did not find expected hexdecimal number": (
        "an escape wants more hexadecimal digits; add them or double the backslash"
    ),
    "found invalid Unicode character escape code": "an escape names no Unicode character; correct it",
    "did not find expected ',' or ']'": _FLOW,
    "did not find expected ',' or '}'": _FLOW,
    "did not find expected node content": (
        "a value is missing, or a `{` or `[` above is not closed; add it or quote the text"
    ),
    "block sequence entries are not allowed in this context": (
        "a list cannot start here; put `- ` on a line of its own"
    ),
    "block mapping values are not allowed in this context": (
        "a mapping cannot start here; put the key on a line of its own"
    ),
    "mapping keys are not allowed in this context": "a `?` key cannot start here; quote it if it is text",
    "did not find expected alphabetic or numeric character": (
        "`*` and `&` start a name; quote the value if it is text"
    ),
    "did not find expected comment or line break": (
        "only a comment may stand here; move the text to the next line"
    ),
    "did not find expected <document start>": (
        "text stands where a new document should start; separate it with `---`"
    ),
    "found undefined tag handle": ("a tag begins with `!…!` that is not declared; quote the value if it is text"),
    "found a tab character where an indentation space is expected": _TAB_ADVICE,
    "found a tab character that violates indentation": _TAB_ADVICE,
    "found unknown directive name": "a line starts with `%`; quote or indent it",
}
# These are found at the end of the text: the opening is what the reader has to look at.
_AT_OPENING: Final = frozenset({_UNCLOSED, _FLOW})


def explain(error: Exception, text: str) -> RefusedError:
    """The refusal that stands for an exception out of `build`; offsets count from the start of `text`."""
    if isinstance(error, (ReaderError, UnicodeError)):
        return not_text(text)
    if isinstance(error, RefusedError):
        refusal = error
    elif isinstance(error, yaml.MarkedYAMLError):
        refusal = _from_libyaml(error, text)
    else:
        refusal = RefusedError("syntax", "the text cannot be read as YAML", 0)
    if refusal.code in {"syntax", "non-string-key", "value"}:
        return _template(text) or refusal
    return refusal


def not_text(text: str) -> RefusedError:
    """The refusal of a text with a character that YAML forbids; bytes not decoded are lone surrogates."""
    found = FORBIDDEN.search(text)
    if found is None:
        return RefusedError("encoding", "the text cannot be encoded", 0)
    number = ord(found[0])
    if 0xDC80 <= number <= 0xDCFF:  # noqa: PLR2004 (Python's surrogateescape of one byte)
        return RefusedError(
            "encoding", f"byte 0x{number - 0xDC00:02X} is not UTF-8; save the file as UTF-8", found.start()
        )
    return RefusedError("encoding", f"the character U+{number:04X} is not allowed; remove it", found.start())


def _from_libyaml(error: yaml.MarkedYAMLError, text: str) -> RefusedError:
    problem = str(error.problem)
    message = _PROBLEMS.get(problem, f"this is no YAML: {problem}")
    mark = error.problem_mark or error.context_mark
    if message in _AT_OPENING and error.context_mark is not None:
        mark = error.context_mark
    offset = min(mark.index, len(text)) if mark is not None else 0
    if text[offset : offset + 1] == "\t":
        message = _TAB_ADVICE
    return RefusedError("syntax", message, offset)


def _template(text: str) -> RefusedError | None:
    """The refusal of a Helm chart's template, at the first action that stands bare in the text."""
    for found in islice(re.finditer(r"\{\{", text), _MOST_ACTIONS):
        line = max(text.rfind("\n", 0, found.start()) + 1, 0)
        if found.start() - line <= _MOST_BEFORE and _BEFORE_ACTION.fullmatch(text, line, found.start()):
            message = "this looks like a Helm or Go template (`{{`); render it first"
            return RefusedError("template", message, found.start())
    return None
