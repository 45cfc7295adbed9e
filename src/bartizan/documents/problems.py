"""Why a document could not be read: the codes, and the value that carries one."""

import msgspec

CODES: dict[str, str] = {
    "aliases": "An alias has no anchor, contains itself, or repeats more than the limit allows.",
    "depth": "Mappings and lists are nested deeper than the limit allows.",
    "encoding": "The text is not UTF-8 (or UTF-16 with a byte order mark) or holds a control character.",
    "merge": "A merge key `<<` has a value that is neither a mapping nor a list of mappings.",
    "non-string-key": "A key is a mapping, a list, null or an integer beyond 64 bits; JSON has no such keys.",
    "size": "The text has more bytes or documents, or a document more nodes, than the limit allows.",
    "syntax": "The text is neither YAML nor JSON.",
    "template": "The text holds template actions such as `{{ .Values.image }}`; render it first.",
    "value": "A value has no form in JSON (`.inf`, `.nan`) or does not fit its tag (`!!int abc`).",
}
"""Every code of a problem with one sentence on it; the reference pages are made from this table."""


class Problem(msgspec.Struct, frozen=True):
    """One document (or the whole text) that could not be read, and where to look.

    `line` and `column` count from 1, the column in characters; `index` is the document's position
    in the stream from 0.
    """

    code: str
    message: str
    line: int
    column: int
    index: int


class RefusedError(Exception):
    """Raised inside this package when a document is refused; `read` makes a Problem of it.

    `offset` counts characters from the start of the text handed to the parser; -1 while not known.
    """

    def __init__(self, code: str, message: str, offset: int = -1) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.offset = offset


def too_many_documents(most: int, offset: int) -> RefusedError:
    """The refusal of a stream that goes on and on."""
    return RefusedError("size", f"the text has more than {most:,} documents; split it", offset)
