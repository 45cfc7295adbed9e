"""`bartizan.yaml`: what a project asks to be judged, read strictly. An unknown key is an error.

The nearest file up the tree from what is scanned counts, up to the repository's root. Flags beat the file.
"""

import os
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any

import msgspec
from msgspec import Meta

from bartizan.app.errors import UsageError
from bartizan.checks.check import Level
from bartizan.documents.reader import read
from bartizan.model.finding import Persona, Severity
from bartizan.sources.blob import UnreadableError, regular_bytes

FILE_NAME = "bartizan.yaml"


class _Section(msgspec.Struct, frozen=True, rename="kebab", forbid_unknown_fields=True, omit_defaults=True):
    pass


CheckPattern = Annotated[str, Meta(description="A check's id, or a pattern such as `*-binding`.")]


class CheckSelection(_Section, frozen=True):
    """Which checks run, and with what parameters."""

    select: Annotated[tuple[CheckPattern, ...], Meta(description="Only these checks; empty for all.")] = ()
    ignore: Annotated[tuple[CheckPattern, ...], Meta(description="Not these checks.")] = ()
    params: Annotated[
        dict[str, dict[str, Any]],
        Meta(description="Parameters by check id; each check's page lists its own."),
    ] = {}


class Configuration(_Section, frozen=True):
    """The whole file. Every field may be left out."""

    checks: Annotated[CheckSelection, Meta(description="Which checks run.")] = CheckSelection()
    severity: Annotated[
        dict[str, Severity], Meta(description="Severities that replace the checks' own, by check id.")
    ] = {}
    persona: Annotated[
        Persona | None,
        Meta(description="Who reads the report: `regular` (default), `strict` or `audit`; each sees more."),
    ] = None
    level: Annotated[
        Level | None,
        Meta(description="Only the checks of this Pod Security level: `baseline` or `restricted`."),
    ] = None
    fail_on: Annotated[
        Severity | None, Meta(description="The lowest severity that fails the run; `high` where not given.")
    ] = None
    kubernetes_version: Annotated[
        str | None,
        Meta(description='The version to judge by, in quotes: `"1.36"`. Newest known where not given.'),
    ] = None
    exclude: Annotated[
        tuple[str, ...],
        Meta(description="Files and folders left out, in `.gitignore` syntax from this file's folder."),
    ] = ()
    exceptions: Annotated[
        tuple[str, ...], Meta(description="Folders with exceptions, from this file's folder.")
    ] = (".bartizan/exceptions",)


def parse(text: bytes, file: str) -> Configuration:
    """The configuration written in `text`.

    Raises:
        UsageError: it cannot be read; the sentence names the file, the line and the nearest known key.
    """
    reading = read(text)
    if reading.problems:
        problem = reading.problems[0]
        raise UsageError(f"{file}:{problem.line}: {problem.message}")
    if len(reading.documents) > 1:
        raise UsageError(f"{file}: one document is expected, found {len(reading.documents)}")
    document = reading.documents[0] if reading.documents else None
    value = document.value if document else None
    if value is None:
        return Configuration()
    if document and document.duplicates:
        raise UsageError(f"{file}: `{document.duplicates[0].path[-1]}` stands twice; remove one")
    _refuse_unknown_keys(document, value, file)
    try:
        return msgspec.convert(value, Configuration)
    except msgspec.ValidationError as error:
        raise UsageError(f"{file}: {_in_words(str(error))}") from error


def nearest(start: Path) -> Path | None:
    """The configuration that holds for `start`: in its folder or the nearest one above."""
    folder = start if start.is_dir() else start.parent
    for place in (folder, *folder.parents):
        file = place / FILE_NAME
        if os.path.lexists(file) and not file.is_dir():
            return file
        if (place / ".git").exists():
            return None
    return None


def load(file: Path) -> Configuration:
    """The configuration in `file`. Raises UsageError where it cannot be read."""
    try:
        return parse(regular_bytes(file), str(file))
    except FileNotFoundError as error:
        raise UsageError(f"{file}: there is no such file") from error
    except UnreadableError as error:
        raise UsageError(f"{file}: {error}") from error


def schema() -> dict[str, Any]:
    """The JSON Schema that editors use; shipped in `data/schemas/`."""
    made = msgspec.json.schema(Configuration)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "https://bartizan.dev/schemas/configuration.schema.json",
        "title": "bartizan.yaml",
        **made,
    }


def _refuse_unknown_keys(document: Any, value: Any, file: str) -> None:
    if not isinstance(value, dict):
        raise UsageError(f"{file}: a mapping is expected, such as `fail-on: high`")
    sections: tuple[tuple[tuple[str, ...], Any, type[msgspec.Struct]], ...] = (
        ((), value, Configuration),
        (("checks",), value.get("checks"), CheckSelection),
    )
    for path, section, shape in sections:
        known = [field.encode_name for field in msgspec.structs.fields(shape)]
        for key in section if isinstance(section, dict) else ():
            if key not in known:
                span = document.marks.key((*path, key), document.value) if document.marks else None
                place = f"{file}:{span.line}" if span else file
                raise UsageError(f"{place}: unknown key `{key}`{suggestion(key, known)}")


def suggestion(word: str, known: list[str]) -> str:
    """The end of a sentence about a word that is not known."""
    near = get_close_matches(word, known, n=1, cutoff=0.6)
    return f"; did you mean `{near[0]}`?" if near else f"; known are {', '.join(sorted(known))}"


def _in_words(error: str) -> str:
    text, _, place = error.partition(" - at ")
    where = place.strip("`").removeprefix("$.").removeprefix("$") if place else ""
    return f"`{where}`: {text[0].lower()}{text[1:]}" if where else text
