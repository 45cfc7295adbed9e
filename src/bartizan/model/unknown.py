"""What could not be read or judged, with its place and what to do about it."""

import msgspec


class Unknown(msgspec.Struct, frozen=True, kw_only=True, order=True):
    """One thing in scope that nobody looked at.

    It is counted, shown in every report and turns the exit status to 3.
    """

    file: str = ""
    """Where the input came from, relative to the scanned root; `-` is standard input."""
    line: int = 0
    """1-based; 0 where no line is known."""
    column: int = 0
    code: str
    """A kebab-case word out of `CODES` or `documents.problems.CODES`."""
    message: str
    """One clear sentence: what, where, what to do."""
    subject: str = ""
    """The object, as `Subject.title` writes it, where one is known."""


CODES: dict[str, str] = {
    "unreadable-file": "The file could not be opened. Give the scanner read permission or exclude the file.",
    "outside-link": "A symbolic link leads out of the scanned folder: the tree does not choose what is read.",
    "too-large": "The file is larger than the limit; nothing of it was read. Split it or exclude it.",
    "needs-rendering": "A chart, template or kustomization: what it makes is not known before it is rendered.",
    "bad-object": "It has an apiVersion and a kind, but not the shape of a Kubernetes object.",
    "ill-typed-field": "A field holds another type than the API wants; the API server would refuse the object.",
    "check-crashed": "A check failed with an internal error on this object. Please report it.",
    "unreadable-exception": "An exception file could not be read; what it would suppress is shown.",
    "unreadable-configuration": "The head of a change has a configuration that cannot be read: what it loosens is unknown.",
    "lookup-failed": "A check needed another object that could not be read.",
    "forbidden-kind": "The account may not list objects of a kind in the cluster. Grant `list`, or leave the kind out.",
    "unread-kind": "The objects of a kind in the cluster were not all read: the API server did not answer, or not fully.",
    "history": "A part of the git history could not be read.",
}
"""Every code beside those of `documents.problems`; `docs/reference/unknowns.md` is made from both."""
